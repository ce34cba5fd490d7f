"""What, when, who, and by whose word: reports, events, dates, files, choosing and itineraries."""
