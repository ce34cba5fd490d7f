"""Stories for other programs, under addresses of their own, with the page's parameters as the filter."""
