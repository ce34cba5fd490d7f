"""All names of one text, decided together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from geo.place import Resolution

if TYPE_CHECKING:
    from geo.gazetteer import Gazetteer


def resolve_together(gazetteer: Gazetteer, toponyms: Sequence[str], text: str = "") -> list[Resolution]:
    """One resolution for each toponym, in their order."""
    return [gazetteer.resolve(toponym) for toponym in toponyms]
