"""News text read: the places and days that it names, and the reports that it gives, each tied to its words."""
