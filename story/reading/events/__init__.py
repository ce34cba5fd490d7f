"""What an article reports: who was or will be where, when, how sure it is and by whose word."""
