"""The places that a text names: every name that may be one, what speaks for and against it, and where it is."""
