"""What a worker does: one article from its bytes to its line. It gives errors back as data; it raises none."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from geo.gazetteer import Gazetteer
from geo.weights import Home
from story.bulk.inputs import Said
from story.exc import StoryError
from story.opening.sandbox import read_article
from story.reading.documents import as_json
from story.reading.read import places_named, read, told


def line_of(raw: bytes, name: str, said: Said, home: Home | None = None) -> dict[str, Any]:
    """The article in the bytes of a file as the object of its line, or an object with `id` and `error`."""
    try:
        article = told(read_article(raw, name), said.published, said.source)
        return as_json(read(article, _gazetteer(), home=home), name)
    except (StoryError, OSError) as error:
        return failed(name, str(error))


def places_of(raw: bytes, name: str, said: Said, home: Home | None = None) -> dict[str, Any]:
    """The places that an article names as an object with `source` and `places`, or one with `id` and `error`."""
    try:
        return {"source": said.source, "places": places_named(read_article(raw, name), _gazetteer())}
    except (StoryError, OSError) as error:
        return failed(name, str(error))


def failed(name: str, message: str) -> dict[str, Any]:
    return {"id": name, "error": message}


@lru_cache(maxsize=1)
def _gazetteer() -> Gazetteer:
    return Gazetteer.open()
