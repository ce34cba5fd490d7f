"""What a story is called by in the address and in the session, taken apart at one place."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass, replace
from typing import Literal

Kind = Literal["named", "shipped", "path", "unsaved", "edit", "read", "revision"]
"""By what a story is found: `named` is not looked up yet; `path` is the file of DATELINE_STORY; `unsaved` work that was
never saved, a table on its way too; `edit` and `read` the two links of a story in the library; `revision` an earlier
state of it."""
_UNSAVED = "own-"
_REVISION = re.compile(r"([\w-]{1,120})@(\d{1,9})")
_LINK = re.compile(r"[\w-]{1,120}")


@dataclass(frozen=True, slots=True)
class StoryRef:
    """One story. `id` is a name, an editor's or a reader's id; `revision` the one that is pinned, None for the latest.

    What the text alone does not tell, its kind among the stories that are there, `as_kind` adds.
    """

    id: str
    kind: Kind = "named"
    revision: int | None = None

    @classmethod
    def parse(cls, text: str) -> StoryRef:
        """Reads the text of an address or a control; any text is the name of some story, "" that of none."""
        pinned = _REVISION.fullmatch(text)
        if pinned is not None:
            return cls(pinned[1], "revision", int(pinned[2]))
        return cls(text, "unsaved" if text.startswith(_UNSAVED) else "named")

    @classmethod
    def new(cls) -> StoryRef:
        """A story that is not saved yet, by an id that cannot be guessed."""
        return cls(f"{_UNSAVED}{secrets.token_hex(12)}", "unsaved")

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
        return self.kind == "unsaved"

    @property
    def is_link(self) -> bool:
        """Whether the library could know it: its ids have letters, digits, "-" and "_" alone."""
        return _LINK.fullmatch(self.id) is not None
