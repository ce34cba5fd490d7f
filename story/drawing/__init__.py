"""What is drawn of a story without a page: the map as a picture, and what any page draws it from and with."""
