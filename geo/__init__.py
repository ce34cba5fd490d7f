"""Where: place names to points, offline, ranked and explained. Knows no stories."""
