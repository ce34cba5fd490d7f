"""What a story is called by in the session; the address and the list of stories have it as text."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass, field, replace
from typing import Literal

Kind = Literal["named", "shipped", "path", "opening", "unsaved", "edit", "read", "revision"]
"""By what a story is found: `named` is not looked up yet; `path` is the file of DATELINE_STORY; `opening` a table that
is being opened; `unsaved` work that was never saved; `edit` and `read` the two links of a story in the library;
`revision` an earlier state of it."""
_UNSAVED = "own-"
_REVISION = re.compile(r"([\w-]{1,120})@(\d{1,9})")
_LINK = re.compile(r"[\w-]{1,120}")


@dataclass(frozen=True, slots=True)
class StoryRef:
    """One story. `id` is a name, an editor's or a reader's id; `revision` the one that is pinned, None for the latest.

    What the text alone does not tell, its kind among the stories that are there, `as_kind` adds; it is the same story
    whatever its kind is known to be.
    """

    id: str
    kind: Kind = field(default="named", compare=False)
    revision: int | None = None

    @classmethod
    def parse(cls, text: str) -> StoryRef:
        """Reads the text of an address or a control; any text is the name of some story, "" that of none."""
        pinned = _REVISION.fullmatch(text)
        if pinned is not None:
            return cls(pinned[1], "revision", int(pinned[2]))
        return cls(text, "unsaved" if text.startswith(_UNSAVED) else "named")

    @classmethod
    def new(cls, kind: Literal["opening", "unsaved"] = "unsaved") -> StoryRef:
        """A story that is not saved yet, by an id that cannot be guessed."""
        return cls(f"{_UNSAVED}{secrets.token_hex(12)}", kind)

    def __str__(self) -> str:
        return self.id if self.revision is None else f"{self.id}@{self.revision}"

    def at(self, revision: int) -> StoryRef:
        """The same story as it was saved then."""
        return StoryRef(self.id, "revision", revision)

    def latest(self) -> StoryRef:
        """The same story, no revision pinned."""
        return self if self.revision is None else StoryRef(self.id)

    def as_kind(self, kind: Kind) -> StoryRef:
        """The same story, known to be of that kind; a pinned revision stays one."""
        return self if self.revision is not None else replace(self, kind=kind)

    @property
    def is_pinned(self) -> bool:
        """Whether one revision is meant, whatever was saved since."""
        return self.revision is not None

    @property
    def is_unsaved(self) -> bool:
        """Whether it was never saved."""
        return self.kind in ("opening", "unsaved")

    @property
    def is_link(self) -> bool:
        """Whether the library could know it: its ids have letters, digits, "-" and "_" alone."""
        return _LINK.fullmatch(self.id) is not None
