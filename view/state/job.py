"""A table that is being opened for a session."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import dataclass, field
from threading import Event

from story.draft import Draft


@dataclass
class Job:
    """Work in a thread of its own, so that a reader who leaves does not break it off: how far it is, and its end."""

    progress: tuple[float, str] = (0.0, "reading the file")
    cancelled: Event = field(default_factory=Event)
    future: Future[Draft] = field(default_factory=Future)

    def tell(self, share: float, words: str) -> None:
        self.progress = (share, words)
