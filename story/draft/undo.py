"""Undo and redo: the drafts before and after the one that is worked on, and what each of them began from."""

from __future__ import annotations

from dataclasses import dataclass, replace

from story.draft import Draft

MOST = 200
"""Steps that are remembered; drafts share all that an edit leaves alone, so that a step takes little room."""


@dataclass(frozen=True, slots=True)
class Basis:
    """The revision that a draft began from (0: it was never kept), and that revision where it is at hand."""

    number: int = 0
    draft: Draft | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """What was done, in words ("changed Talks in Paris"), and the draft on the other side of it with its basis."""

    done: str
    draft: Draft
    basis: Basis = Basis()


@dataclass(frozen=True, slots=True)
class Edits:
    """The draft as it is now, the steps that can be undone (the last one last) and those that can be done again."""

    now: Draft
    past: tuple[Step, ...] = ()
    future: tuple[Step, ...] = ()
    basis: Basis = Basis()

    def do(self, done: str, draft: Draft, basis: Basis | None = None) -> Edits:
        """The next draft; what had been undone is then gone. An edit that changes nothing is no step.

        `basis` is another revision that the draft begins from, where somebody else's work was taken into it.
        """
        if draft == self.now and basis in (None, self.basis):
            return self
        past = (*self.past, Step(done, self.now, self.basis))[-MOST:]
        return Edits(draft, past, basis=basis or self.basis)

    def undo(self) -> Edits:
        """One step back; the same where there is none."""
        if not self.past:
            return self
        last = self.past[-1]
        back = Step(last.done, self.now, self.basis)
        return Edits(last.draft, self.past[:-1], (*self.future, back), last.basis)

    def redo(self) -> Edits:
        """One step forward again; the same where there is none."""
        if not self.future:
            return self
        last = self.future[-1]
        back = Step(last.done, self.now, self.basis)
        return Edits(last.draft, (*self.past, back), self.future[:-1], last.basis)

    def saved(self, number: int, draft: Draft) -> Edits:
        """The same with `draft` kept as revision `number`: all that began where it did begins there now.

        What began from an earlier revision still does: undone as far as that, a save meets the other's work again.
        """
        old, new = self.basis, Basis(number, draft)

        def moved(steps: tuple[Step, ...]) -> tuple[Step, ...]:
            return tuple(replace(step, basis=new) if step.basis is old else step for step in steps)

        return Edits(self.now, moved(self.past), moved(self.future), new)
