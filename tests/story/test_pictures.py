"""Pictures that a person gives: written anew without what a camera noted, kept with the story, hostile ones refused."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image

from story.draft import Draft, edits, story_of
from story.draft.merge import merge
from story.draft.serialization import FORMAT, dump_parts, dumps, load_parts, loads
from story.draft.undo import Edits
from story.exc import PictureFormatError
from story.model.columns import Row
from story.model.media import shown_of
from story.model.metadata import Metadata
from story.opening import sandbox
from story.opening.pictures import LONGEST_EDGE, MOST_KEPT, rewritten

SECRET = b"Ada's camera"


def photo(size: tuple[int, int] = (400, 300), kind: str = "JPEG", colour: str = "teal") -> bytes:
    raw = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = SECRET.decode()
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[1] = "N"
    Image.new("RGB", size, colour).save(raw, kind, exif=exif)
    return raw.getvalue()


def claiming(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it is this large."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")
    )


def draft() -> Draft:
    cells = {"event": "a", "title": "A", "place": "Oslo", "when": "2025-10-01"}
    return Draft("x", Metadata("X"), rows=(Row(2, cells, 1),))


def test_a_picture_is_written_anew_upright_and_without_what_the_camera_noted() -> None:
    raw = photo((4000, 3000))
    assert SECRET in raw
    kept = rewritten(raw, "a.jpg")
    assert SECRET not in kept
    with Image.open(io.BytesIO(kept)) as picture:
        assert picture.format == "WEBP"
        assert picture.size == (LONGEST_EDGE * 3 // 4, LONGEST_EDGE)
        assert not picture.getexif()
    assert len(kept) <= MOST_KEPT


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "GIF"])
def test_the_usual_kinds_are_read(kind: str) -> None:
    raw = io.BytesIO()
    Image.new("RGBA" if kind != "GIF" else "P", (30, 20)).save(raw, kind)
    assert rewritten(raw.getvalue(), f"a.{kind.lower()}").startswith(b"RIFF")


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"<html><script>alert(1)</script>",
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 1 1\n",
        photo()[:200],
        claiming(50_000, 50_000),
        claiming(2_000, 2_000),
    ],
    ids=["nothing", "svg", "html", "postscript", "cut off", "bomb", "hollow"],
)
def test_what_is_no_whole_picture_is_refused_and_named(raw: bytes) -> None:
    with pytest.raises(PictureFormatError, match=r"'a\.png'"):
        rewritten(raw, "a.png")


def test_a_picture_is_read_in_a_process_of_its_own() -> None:
    assert sandbox.read_picture(photo(), "a.jpg") == rewritten(photo(), "a.jpg")
    with pytest.raises(PictureFormatError, match=r"'b\.jpg' is no picture"):
        sandbox.read_picture(b"no picture", "b.jpg")


def test_a_picture_is_an_edit_kept_undone_and_merged() -> None:
    before, picture = draft(), rewritten(photo(), "a.jpg")
    after = edits.with_picture(before, 1, picture, {"caption": "Smoke", "graphic": "yes", "alt": ""})
    found = story_of(after)
    (medium,) = shown_of(found.reports[0].fields, {field.name: field.type for field in found.fields}).media
    assert (medium.kind, medium.caption, medium.graphic) == ("picture", "Smoke", True)
    assert found.pictures[f"media/{medium.kept}"] == picture
    assert found.problems == ()
    assert loads(dumps(after)) == after
    assert load_parts(dump_parts(after)) == after
    assert Edits(before).do("added a picture", after).undo().now == before
    assert merge(before, after, edits.with_head(before, title="Y")).draft.pictures == after.pictures


def test_only_a_story_with_pictures_needs_a_later_dateline() -> None:
    assert f'"format":{FORMAT},'.encode() in dumps(draft())
    with_one = edits.with_picture(draft(), 1, rewritten(photo(), "a.jpg"), {})
    assert f'"format":{FORMAT + 1},'.encode() in dumps(with_one)


def test_further_pictures_get_columns_of_their_own_and_one_that_is_not_used_goes() -> None:
    one, two = (rewritten(photo(colour=colour), "a.jpg") for colour in ("teal", "red"))
    both = edits.with_picture(edits.with_picture(draft(), 1, one, {"caption": "One"}), 1, two, {"caption": "Two"})
    cells = both.rows[0].cells
    assert (cells["caption"], cells["caption 2"], len(both.pictures)) == ("One", "Two", 2)
    without = edits.change(both, 1, {"picture": ""})
    assert len(edits.with_picture(without, 1, two, {}).pictures) == 1


def test_no_more_pictures_are_kept_than_a_save_can_carry(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(edits, "MOST_PICTURES", 100)
    with pytest.raises(PictureFormatError, match="give a link"):
        edits.with_picture(draft(), 1, rewritten(photo(), "a.jpg"), {})
