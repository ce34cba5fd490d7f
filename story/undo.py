"""Undo and redo: the drafts before and after the one that is worked on."""

from __future__ import annotations

from dataclasses import dataclass, replace

from story.draft import Draft

MOST = 200
"""Steps that are remembered; drafts share all that an edit leaves alone, so that a step takes little room."""


@dataclass(frozen=True, slots=True)
class Step:
    """What was done, in words ("changed Talks in Paris"), and the draft on the other side of it."""

    done: str
    draft: Draft


@dataclass(frozen=True, slots=True)
class Edits:
    """The draft as it is now, the steps that can be undone (the last one last) and those that can be done again."""

    now: Draft
    past: tuple[Step, ...] = ()
    future: tuple[Step, ...] = ()

    def do(self, done: str, draft: Draft) -> Edits:
        """The next draft; what had been undone is then gone. An edit that changes nothing is no step."""
        if draft == self.now:
            return self
        return Edits(draft, (*self.past, Step(done, self.now))[-MOST:])

    def undo(self) -> Edits:
        """One step back; the same where there is none."""
        if not self.past:
            return self
        last = self.past[-1]
        return Edits(last.draft, self.past[:-1], (*self.future, Step(last.done, self.now)))

    def redo(self) -> Edits:
        """One step forward again; the same where there is none."""
        if not self.future:
            return self
        last = self.future[-1]
        return replace(Edits(last.draft, (*self.past, Step(last.done, self.now))), future=self.future[:-1])
