"""Sheets of paper (PDF, A4): texts that break into lines and pages, in the fonts that come as packages.

fpdf2 breaks lines too, but takes 2 ms for a short paragraph; a large story has tens of thousands.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cache, cached_property, partial
from typing import Literal

from fpdf import FPDF
from fpdf.fonts import Glyph, TTFFont

from story.drawing.fonts import SANS, SERIF, font_file
from story.model import Status

LEFT, RIGHT, TOP, BOTTOM = 16.0, 194.0, 16.0, 280.0
"""The margins, in millimetres from the left upper corner of the page."""
UNKNOWN = "■"
"""What stands for a letter that the fonts lack."""
Face = Literal["plain", "strong", "title"]
_FILES = {"plain": (SANS, "Regular"), "strong": (SANS, "Semibold"), "title": (SERIF, "Semibold")}
_INK, _GREY = 0x16 / 0xFF, 0x5B / 0xFF
_MM_A_POINT = 25.4 / 72
_LEADING = 1.3
_SIGN_WIDTH = 3.6
_LATER = datetime(1970, 1, 1, tzinfo=UTC)
_JOINED = ("Mn", "Mc", "Me", "Cf")
"""The categories of marks and joiners, which belong to the letter before them."""
_MOST_JOINED = 16
_STAND_INS, _RIGHT_TO_LEFT, _MOST_STAND_INS = 0xF0000, 0x100000, 50_000
"""Code points that no script has: one for each letter that the fonts lack, as many as a font of a PDF can tell apart,
and those of scripts that run from right to left apart."""
_LEFTWARD = re.compile("[\U00100000-\U0010ffff](?:[ \U00100000-\U0010ffff]*[\U00100000-\U0010ffff])?")


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph: where it begins and how wide it may be, in millimetres; `size` in points. `link` is an address that
    a click opens; `mark` is the sign of a status before it."""

    words: str
    left: float = LEFT
    width: float = RIGHT - LEFT
    face: Face = "plain"
    size: float = 9.0
    grey: bool = False
    link: str = ""
    mark: Status | None = None


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a paragraph, and how far below the top of its block its foot is."""

    words: str
    of: Text
    down: float


class _Drawn(Glyph):
    """A glyph that is drawn for some letter. Boxes for thousands of letters would all have the hash of one."""

    __slots__ = ()

    def __hash__(self) -> int:
        return hash((self.glyph_id, self.unicode))


class Paper(FPDF):
    """Pages that blocks of texts flow down; `foot` stands below each.

    Texts and signs are written as the operators of PDF that they come to, those of a block in one piece: what fpdf2
    does for each of them takes longer than all else of a large story.
    """

    def __init__(self, title: str, foot: str, day: date | None) -> None:
        super().__init__(format="A4")
        self.set_auto_page_break(False)
        self.set_margins(0, 0, 0)
        for face, (family, weight) in _FILES.items():
            self.add_font(face, "", font_file(family, weight))
        self.lacking: set[str] = set()
        self._stand_ins: dict[str, str] = {}
        self._written: dict[str, str] = {}
        self._codes = {face: cache(partial(self._code, face)) for face in _FILES}
        self._wide = {face: cache(partial(self._letter_width, face)) for face in _FILES}
        self._pen: tuple[str, float, bool] | None = None
        self.foot = self.shown(foot, "plain")
        self.set_title(title)
        self.set_creator("Dateline")
        self.set_lang("en")
        # The same story makes the same file at any time.
        self.set_creation_date(datetime.combine(day, time(), UTC) if day else _LATER)
        self.turn()

    @cached_property
    def _faces(self) -> dict[str, TTFFont]:
        return {face: font for face in _FILES if isinstance(font := self.fonts[face], TTFFont)}

    @cached_property
    def _letters(self) -> dict[str, frozenset[str]]:
        """The letters that each face has, and the end of a line."""
        return {face: frozenset(map(chr, font.cmap)) | {"\n"} for face, font in self._faces.items()}

    def header(self) -> None:
        """What fpdf2 writes at the beginning of each page, which names the fonts that are used on it."""
        self._pen = None
        for font in self._faces.values():
            self._out(self._set_font_for_page(font, 9.0))

    def footer(self) -> None:
        """What fpdf2 writes at the end of each page."""
        foot = next(self._broken(self.foot, "plain", (RIGHT - LEFT - 20) / 7.5))
        number = str(self.page_no())
        right = RIGHT - self._width(number, "plain") * 7.5
        for x, words in ((LEFT, foot), (right, number)):
            self._out(self._said("plain", 7.5, True, x, BOTTOM + 8, words))

    def block(self, texts: Iterable[Sequence[Text]], *, gap: float = 2.0, follow: float = 0.0) -> None:
        """Columns of texts side by side, each from the top down, on one page if one can hold them; `gap` is left below
        them. `follow` is the room, in millimetres, that must be left on the page for what belongs to them."""
        columns = [list(self._laid_out(column)) for column in texts]
        height = max([column[-1].down for column in columns if column], default=0.0)
        if self.get_y() + height + follow > BOTTOM:
            self.turn()
        top = self.get_y()
        if top + height <= BOTTOM:
            self._out("\n".join([self._drawn(line, top + line.down) for column in columns for line in column]))
            self.set_y(top + height + gap)
            return
        # What no page can hold goes on over several, a column after the other.
        for column in columns:
            top = self.get_y()
            for line in column:
                if top + line.down > BOTTOM:
                    self.turn()
                    top = TOP - line.down + line.of.size * _MM_A_POINT * _LEADING
                self._out(self._drawn(line, top + line.down))
            self.set_y(top + column[-1].down + gap if column else top)

    def turn(self) -> None:
        """Goes on at the top of a new page."""
        self.add_page()
        self.set_y(TOP)

    def has(self, words: str) -> bool:
        """Whether the plain face has all the letters of some words."""
        return self._letters["plain"].issuperset(unicodedata.normalize("NFKC", words))

    def shown(self, words: str, face: Face) -> str:
        """The words as they are written: wide forms and ligatures as plain ones, and a stand-in for each letter that
        the face lacks, with its marks. A box is drawn for it, but it is still that letter to whoever searches the text,
        copies it or has it read aloud. `lacking` says of which scripts such letters are."""
        letters = self._letters[face]
        if letters.issuperset(words):
            return words
        return "".join([self._letter(letter, letters) for letter in _letters_of(unicodedata.normalize("NFC", words))])

    def _letter(self, letter: str, letters: frozenset[str]) -> str:
        """How a letter with its marks is written."""
        if letters.issuperset(letter):
            return letter
        plain = "".join(part for part in unicodedata.normalize("NFKC", letter) if unicodedata.category(part) != "Cf")
        if letters.issuperset(plain):
            return plain
        if letter not in self._stand_ins:
            script = unicodedata.name(plain[0], "unnamed").split()[0].split("-")[0]
            self.lacking.add("Chinese" if script == "CJK" else script.capitalize())
            if len(self._stand_ins) == _MOST_STAND_INS:
                return UNKNOWN
            leftward = unicodedata.bidirectional(plain[0]) in ("R", "AL")
            stand_in = chr((_RIGHT_TO_LEFT if leftward else _STAND_INS) + len(self._stand_ins))
            self._stand_ins[letter], self._written[stand_in] = stand_in, letter
        return self._stand_ins[letter]

    def _laid_out(self, column: Iterable[Text]) -> Iterator[_Line]:
        down = 0.0
        for text in column:
            words = self.shown(text.words, text.face)
            width = text.width - (_SIGN_WIDTH if text.mark else 0.0)
            for line in self._broken(words, text.face, width / text.size):
                down += text.size * _MM_A_POINT * _LEADING
                yield _Line(line, text, down)

    def _broken(self, words: str, face: str, room: float) -> Iterator[str]:
        """The words in lines of at most so many millimetres at a size of one point; a word that is wider is cut."""
        for paragraph in words.split("\n"):
            if self._width(paragraph, face) <= room:
                yield paragraph
            else:
                yield from self._lines(paragraph, face, room)

    def _lines(self, paragraph: str, face: str, room: float) -> Iterator[str]:
        space = self._width(" ", face)
        line, used = "", 0.0
        for word in paragraph.split(" "):
            wide = self._width(word, face)
            if line and used + space + wide > room:
                yield line
                line, used = "", 0.0
            if wide > room:
                *whole, word = self._cut(word, face, room)
                yield from whole
                wide = self._width(word, face)
            line, used = (f"{line} {word}", used + space + wide) if line else (word, wide)
        yield line

    def _cut(self, word: str, face: str, room: float) -> Iterator[str]:
        """A word in pieces that fit, of at least one letter each."""
        begins, used = 0, 0.0
        for at, wide in enumerate(map(self._wide[face], word)):
            if used + wide > room and at > begins:
                yield word[begins:at]
                begins, used = at, 0.0
            used += wide
        yield word[begins:]

    def _width(self, words: str, face: str) -> float:
        """The width of some words in millimetres, at a size of one point."""
        return sum(map(self._wide[face], words))

    def _letter_width(self, face: str, letter: str) -> float:
        return self._glyph(face, letter).glyph_width * _MM_A_POINT / 1000

    def _code(self, face: str, letter: str) -> str:
        """A letter in a text of a PDF: its number among those of the font that are used."""
        font = self._faces[face]
        code = font.subset.pick_glyph(self._glyph(face, letter))
        return font.escape_text(chr(code or 0))

    def _glyph(self, face: str, letter: str) -> Glyph:
        """What is drawn for a letter, and what it is to whoever copies it."""
        written = self._written.get(letter, letter)
        base = written[0] if written[0] in self._letters[face] else UNKNOWN
        drawn = self._faces[face].subset.get_glyph(unicode=ord(base))
        assert drawn is not None
        return _Drawn(drawn.glyph_id, tuple(map(ord, written)), drawn.glyph_name, drawn.glyph_width)

    def _drawn(self, line: _Line, y: float) -> str:
        """A line as operators, with the sign before it; its link is set."""
        text, left, sign = line.of, line.of.left, ""
        if text.mark:
            at = f"{(left + 1.2) * self.k:.2f} {(self.h - y + text.size * 0.125) * self.k:.2f}"
            sign = f"q 1 0 0 1 {at} cm {_sign(text.mark)} Q\n"
            left += _SIGN_WIDTH
        if text.link:
            high = text.size * _MM_A_POINT
            self.link(left, y - high, self._width(line.words, text.face) * text.size, high, text.link)
        return sign + self._said(text.face, text.size, text.grey, left, y - text.size * 0.03, line.words)

    def _said(self, face: str, size: float, grey: bool, x: float, y: float, words: str) -> str:
        """Some words as operators; what they look like is told where it changes."""
        look = ""
        if self._pen != (face, size, grey):
            self._pen = (face, size, grey)
            look = f"{_GREY if grey else _INK:.3f} g /F{self._faces[face].i} {size:.2f} Tf "
        # The letters of a PDF stand in the order in which they are seen: who reads it turns them round again.
        seen = words if words.isascii() else _LEFTWARD.sub(lambda found: found[0][::-1], words)
        said = "".join(map(self._codes[face], seen))
        return f"BT {look}{x * self.k:.2f} {(self.h - y) * self.k:.2f} Td ({said}) Tj ET"


def _letters_of(words: str) -> Iterator[str]:
    """Each letter with the marks and joiners behind it, of which only so many are one with it."""
    letter = ""
    for part in words:
        if letter and (unicodedata.category(part) not in _JOINED or len(letter) > _MOST_JOINED):
            yield letter
            letter = ""
        letter += part
    if letter:
        yield letter


@cache
def _sign(status: Status) -> str:
    """The sign of a status as on the map, told by its shape, around a point: operators of PDF, in points."""
    look = f"{_INK:.3f} g {_INK:.3f} G 1 w {'[1.4 1.3] 0 d ' if status == 'possible' else ''}"
    around = f"{look}{_circle(3)} {'B' if status == 'happened' else 'S'}"
    within = {"scheduled": f" {_circle(1.1)} f", "cancelled": " -2.1 -2.1 m 2.1 2.1 l S"}
    return around + within.get(status, "")


def _circle(radius: float) -> str:
    """A circle around a point as four curves."""
    r, c = radius, radius * 0.5523
    corners = ((r, c, c, r, 0, r), (-c, r, -r, c, -r, 0), (-r, -c, -c, -r, 0, -r), (c, -r, r, -c, r, 0))
    return " ".join([f"{r:g} 0 m", *(" ".join(f"{at:g}" for at in corner) + " c" for corner in corners), "h"])
