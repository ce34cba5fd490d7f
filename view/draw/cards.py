"""The stories that can be opened, as cards."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from markupsafe import Markup

from story.drawing.card import Card
from view.draw.html import render
from view.state.address import Address
from view.state.story_ref import StoryRef


def cards_list(cards: Sequence[tuple[StoryRef, Card]], shown: StoryRef | None) -> Markup:
    """Each story as a link that opens it; the one that is `shown` is marked."""
    return render("cards", cards=[(_query(ref), card, _source(card), ref == shown) for ref, card in cards])


def _query(ref: StoryRef) -> str:
    return Address(str(ref)).query()


def _source(card: Card) -> str:
    """The card's picture as the address of an image: Streamlit takes SVG out of what is put into a page."""
    return f"data:image/svg+xml,{quote(card.picture, safe=' =:/;,.-')}" if card.picture else ""
