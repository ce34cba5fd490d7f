"""Feeds the readers of strangers' files with damaged and hostile ones: `python -m tools.fuzz`."""
