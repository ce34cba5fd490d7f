"""A story folder in a ZIP file: found wherever it lies in it, and refused where it is none or too large."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import pytest

from story.exc import StoryFormatError, TableSizeError
from story.opening.archive import read_bundle
from story.opening.stories import open_story
from story.tables.table import TableLimits

REPORTS = b"event,title,place,when\nmeet,They meet,Tokyo,2025-10-20\n"
HEAD = b'title = "Two days in Tokyo"\n'


def packed(files: Mapping[str, bytes]) -> bytes:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return raw.getvalue()


@pytest.mark.parametrize("folder", ["", "tokyo/", "stories/2025/tokyo/"])
def test_a_packed_folder_opens_like_the_folder(tmp_path: Path, folder: str) -> None:
    path = tmp_path / "tokyo.zip"
    path.write_bytes(packed({f"{folder}reports.csv": REPORTS, f"{folder}story.toml": HEAD}))
    story = open_story(path)
    assert (story.id, story.title, len(story.reports), story.rows) == ("tokyo", "Two days in Tokyo", 1, 1)


def test_the_folder_that_lies_least_deep_is_meant_and_its_own_head(tmp_path: Path) -> None:
    other = {"__MACOSX/reports.csv": b"noise", "a/old/reports.csv": b"old", "a/old/story.toml": b"old"}
    bundle = read_bundle(packed({**other, "a/Reports.csv": REPORTS, "a/story.toml": HEAD}), "a.zip")
    assert (bundle.reports, bundle.head) == (REPORTS, HEAD)
    assert read_bundle(packed({"reports.csv": REPORTS, "b/story.toml": HEAD}), "a.zip").head is None


def test_names_that_lead_out_of_the_file_reach_nothing(tmp_path: Path) -> None:
    (tmp_path / "reports.csv").write_bytes(b"secret")
    bundle = read_bundle(packed({"../../reports.csv": REPORTS, "/etc/story.toml": HEAD}), "a.zip")
    assert (bundle.reports, bundle.head) == (REPORTS, None)


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (packed({"table.csv": REPORTS}), "has no reports.csv in it"),
        (packed({}), "has no reports.csv in it"),
        (b"PK\x03\x04 nothing", "cannot be unpacked"),
        (packed({"reports.csv": REPORTS})[:-30], "cannot be unpacked"),
        (b"", "cannot be unpacked"),
    ],
)
def test_what_is_no_packed_story_is_refused_with_what_to_do(raw: bytes, said: str) -> None:
    with pytest.raises(StoryFormatError, match=f"'a.zip' {said}"):
        read_bundle(raw, "a.zip")


def test_a_file_that_unfolds_to_too_much_is_refused() -> None:
    bomb = packed({"reports.csv": b"0" * 5_000_000})
    assert len(bomb) < 10_000
    with pytest.raises(TableSizeError, match=r"'a.zip' holds a reports.csv of more than 1 MB"):
        read_bundle(bomb, "a.zip", TableLimits(bytes=1_000_000))
    with pytest.raises(TableSizeError, match=r"story.toml of more than 1 MB"):
        read_bundle(packed({"reports.csv": REPORTS, "story.toml": b"0" * 2_000_000}), "a.zip")


def test_a_packed_story_that_is_broken_anywhere_is_refused_or_read_and_nothing_else() -> None:
    whole = packed({"tokyo/reports.csv": REPORTS * 20, "tokyo/story.toml": HEAD})
    chance = random.Random(7)
    for _ in range(2_000):
        broken = bytearray(whole)
        for _ in range(chance.randint(1, 4)):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        with suppress(StoryFormatError):
            read_bundle(bytes(broken), "a.zip")


def test_a_file_with_a_password_is_refused_and_says_so() -> None:
    locked = bytearray(packed({"reports.csv": REPORTS}))
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.index(mark) + flags] |= 1
    with pytest.raises(StoryFormatError, match=r"'a.zip' is protected with a password. Save it without one"):
        read_bundle(bytes(locked), "a.zip")
