"""What a click or a link asks for, kept until the top of the next run: its controls may stand on the page already."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from view.state.story_ref import StoryRef


@dataclass(frozen=True, slots=True)
class RenameStory:
    """The story that is open has another id; what is chosen and filtered stays."""

    former: StoryRef
    story: StoryRef


@dataclass(frozen=True, slots=True)
class ShowLatestDay:
    """Back to what is known by now."""


@dataclass(frozen=True, slots=True)
class OpenStory:
    """Another story, None for the first one; `said` is shown with it."""

    story: StoryRef | None
    said: str = ""
    editing: bool = False


@dataclass(frozen=True, slots=True)
class SetRange:
    """Another range of days; None for an open end."""

    first: date | None = None
    last: date | None = None


Intent = RenameStory | ShowLatestDay | OpenStory | SetRange
