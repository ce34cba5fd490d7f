"""A story as it is worked on: a draft, what can be done to it and undone, how two differ, and how it is kept."""

from story.draft.draft import Draft, reports_of, settle, story_of

__all__ = ["Draft", "reports_of", "settle", "story_of"]
