"""Where stories are: those that come with Dateline (originals), and those that people keep in a database (keeping)."""

from story.library.shipped_stories import shipped, story_path

__all__ = ["shipped", "story_path"]
