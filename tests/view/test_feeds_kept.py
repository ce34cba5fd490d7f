"""Answers of feeds are kept within a bound in bytes, and written once however many ask for them at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from starlette.requests import Request
from starlette.responses import Response

from story.exc import ExportFormatError
from view.serve.feeds.kept import Answers
from view.serve.feeds.stories import guarded


def test_the_latest_are_kept_up_to_so_many_bytes() -> None:
    answers, written = Answers(100), []

    def ask(name: str, size: int) -> bytes:
        def write() -> bytes:
            written.append(name)
            return b"x" * size

        return answers.get(name, write)

    for name in ("a", "b", "c", "d", "a", "e"):
        assert len(ask(name, 25)) == 25
    assert written == ["a", "b", "c", "d", "e"]
    ask("a", 25)
    assert written[5:] == []
    ask("b", 25)
    assert written[5:] == ["b"]
    # One that would drive out most of the others is not kept.
    ask("large", 26)
    ask("large", 26)
    assert written[6:] == ["large", "large"]
    ask("a", 25)
    assert written[8:] == []


def test_who_asks_while_it_is_written_waits_for_it() -> None:
    answers, begun, may_end, times = Answers(1_000), Event(), Event(), []

    def write() -> bytes:
        times.append(1)
        begun.set()
        assert may_end.wait(60)
        return b"done"

    with ThreadPoolExecutor(8) as threads:
        first = threads.submit(answers.get, "story", write)
        assert begun.wait(60)
        others = [threads.submit(answers.get, "story", write) for _ in range(7)]
        may_end.set()
        assert {one.result(60) for one in (first, *others)} == {b"done"}
    assert len(times) == 1


def test_what_cannot_be_written_is_tried_again() -> None:
    answers = Answers(1_000)

    def fail() -> bytes:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        answers.get("story", fail)
    assert answers.get("story", lambda: b"now") == b"now"


def test_what_a_format_cannot_hold_is_no_fault_that_passes() -> None:
    def refuse(_: Request) -> Response:
        raise ExportFormatError("A cell is too long. Export CSV instead.")

    answer = guarded(refuse, Request({"type": "http", "method": "GET", "headers": []}))
    assert answer.status_code == 400
    assert b"Export CSV instead" in bytes(answer.body)
    assert "retry-after" not in answer.headers
