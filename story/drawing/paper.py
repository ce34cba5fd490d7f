"""Sheets of paper (PDF, A4): texts that break into lines and pages, in the fonts that come as packages.

fpdf2 breaks lines too, but takes 2 ms for a short paragraph; a large story has tens of thousands.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cached_property
from typing import Literal

from fpdf import FPDF
from fpdf.fonts import TTFFont

from story.drawing.fonts import SANS, SERIF, font_file
from story.model import Status

LEFT, RIGHT, TOP, BOTTOM = 16.0, 194.0, 16.0, 280.0
"""The margins, in millimetres from the left upper corner of the page."""
UNKNOWN = "■"
"""What stands for a letter that the fonts lack."""
Face = Literal["plain", "strong", "title"]
_FILES = {"plain": (SANS, "Regular"), "strong": (SANS, "Semibold"), "title": (SERIF, "Semibold")}
_INK, _GREY = 0x16, 0x5B
_MM_A_POINT = 25.4 / 72
_LEADING = 1.3
_LATER = datetime(1970, 1, 1, tzinfo=UTC)


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


class Paper(FPDF):
    """Pages that blocks of texts flow down; `foot` stands below each."""

    def __init__(self, title: str, foot: str, day: date | None) -> None:
        super().__init__(format="A4")
        self.set_auto_page_break(False)
        self.set_margins(0, 0, 0)
        for face, (family, weight) in _FILES.items():
            self.add_font(face, "", font_file(family, weight))
        self.lacking: set[str] = set()
        self.foot = ""
        self._codes: dict[str, dict[str, str]] = {face: {} for face in _FILES}
        self._grey: bool | None = None
        self._widths: dict[tuple[str, str], float] = {}
        self.foot = self.shown(foot, "plain")
        self.set_title(title)
        self.set_creator("Dateline")
        self.set_lang("en")
        # The same story makes the same file at any time.
        self.set_creation_date(datetime.combine(day, time(), UTC) if day else _LATER)
        self.add_page()
        self.set_y(TOP)

    @cached_property
    def _faces(self) -> dict[str, TTFFont]:
        return {face: font for face in _FILES if isinstance(font := self.fonts[face], TTFFont)}

    @cached_property
    def _letters(self) -> dict[str, frozenset[str]]:
        """The letters that each face has, and the end of a line."""
        return {face: frozenset(map(chr, font.cmap)) | {"\n"} for face, font in self._faces.items()}

    def footer(self) -> None:
        """What fpdf2 writes at the end of each page."""
        self._set("plain", 7.5, grey=True)
        self.text(LEFT, BOTTOM + 8, next(self._broken(self.foot, "plain", 7.5, RIGHT - LEFT - 20)))
        number = str(self.page_no())
        self.text(RIGHT - self._width(number, "plain") * 7.5, BOTTOM + 8, number)

    def block(self, texts: Iterable[Sequence[Text]], *, gap: float = 2.0, follow: float = 0.0) -> None:
        """Columns of texts side by side, each from the top down, on one page if one can hold them; `gap` is left below
        them. `follow` is the room, in millimetres, that must be left on the page for what belongs to them."""
        columns = [list(self._laid_out(column)) for column in texts]
        height = max((column[-1].down for column in columns if column), default=0.0)
        if self.get_y() + height + follow > BOTTOM:
            self.turn()
        top = self.get_y()
        if top + height <= BOTTOM:
            for column in columns:
                for line in column:
                    self._draw(line, top + line.down)
            self.set_y(top + height + gap)
            return
        # What no page can hold goes on over several, a column after the other.
        for column in columns:
            top = self.get_y()
            for line in column:
                if top + line.down > BOTTOM:
                    self.turn()
                    top = TOP - line.down + line.of.size * _MM_A_POINT * _LEADING
                self._draw(line, top + line.down)
            self.set_y(top + column[-1].down + gap if column else top)

    def turn(self) -> None:
        """Goes on at the top of a new page."""
        self.add_page()
        self.set_y(TOP)

    def shown(self, words: str, face: Face) -> str:
        """The words in letters that the face has: wide forms and ligatures as plain ones; what it lacks is told in
        `lacking`, by script."""
        if self._letters[face].issuperset(words):
            return words
        return "".join(map(self._letter, unicodedata.normalize("NFC", words), [face] * len(words)))

    def _letter(self, letter: str, face: Face) -> str:
        letters = self._letters[face]
        if letter in letters:
            return letter
        plain = unicodedata.normalize("NFKC", letter)
        if letters.issuperset(plain):
            return plain
        if unicodedata.category(letter) in ("Mn", "Me", "Cf"):
            # Marks on letters that are lacking too, and joiners.
            return ""
        script = unicodedata.name(letter, "unnamed").split()[0].split("-")[0]
        self.lacking.add("Chinese" if script == "CJK" else script.capitalize())
        return UNKNOWN

    def _laid_out(self, column: Iterable[Text]) -> Iterator[_Line]:
        down = 0.0
        for text in column:
            words = self.shown(text.words, text.face)
            for line in self._broken(words, text.face, text.size, text.width - (3.6 if text.mark else 0.0)):
                down += text.size * _MM_A_POINT * _LEADING
                yield _Line(line, text, down)

    def _broken(self, words: str, face: str, size: float, width: float) -> Iterator[str]:
        """The words in lines of at most so many millimetres; a word that is wider is cut."""
        room, space = width / size, self._width(" ", face)
        for paragraph in words.split("\n"):
            line, used = "", 0.0
            for word in paragraph.split(" "):
                wide = self._width(word, face)
                if line and used + space + wide > room:
                    yield line
                    line, used = "", 0.0
                while wide > room:
                    fits = self._fitting(word, face, room)
                    yield word[:fits]
                    word = word[fits:]
                    wide = self._width(word, face)
                line, used = (f"{line} {word}", used + space + wide) if line else (word, wide)
            yield line

    def _fitting(self, word: str, face: str, room: float) -> int:
        """How many letters of a word fit, at least one."""
        wide = self._faces[face].cw
        used = 0.0
        for at, letter in enumerate(word):
            used += wide[ord(letter)] * _MM_A_POINT / 1000
            if used > room:
                return max(1, at)
        return len(word)

    def _width(self, word: str, face: str) -> float:
        """The width of a word in millimetres, for a size of one point."""
        known = self._widths.get((face, word))
        if known is None:
            wide = self._faces[face].cw
            known = sum([wide[ord(letter)] for letter in word]) * _MM_A_POINT / 1000
            self._widths[face, word] = known
        return known

    def _draw(self, line: _Line, y: float) -> None:
        text = line.of
        self._set(text.face, text.size, grey=text.grey)
        left = text.left
        if text.mark:
            self.mark(text.mark, left + 1.2, y - text.size * 0.125)
            left += 3.6
        if line.words:
            self._write(text.face, left, y - text.size * 0.03, line.words)
        if text.link:
            high = text.size * _MM_A_POINT
            self.link(left, y - high, self._width(line.words, text.face) * text.size, high, text.link)

    def _write(self, face: str, x: float, y: float, words: str) -> None:
        """What `text` of fpdf2 does, with each letter encoded once, where a large story spent a fifth of its time."""
        font, codes = self._faces[face], self._codes[face]
        for letter in sorted(set(words) - codes.keys()):
            code = font.subset.pick(ord(letter))
            codes[letter] = "" if code is None else str(font.escape_text(chr(code)))
        if not self.current_font_is_set_on_page:
            self._out(self._set_font_for_page(font, self.font_size_pt))
        said = "".join([codes[letter] for letter in words])
        self._out(f"BT {x * self.k:.2f} {(self.h - y) * self.k:.2f} Td ({said}) Tj ET")

    def _set(self, face: str, size: float, *, grey: bool) -> None:
        if (self.font_family, self.font_size_pt) != (face, size):
            self.set_font(face, size=size)
        if self._grey != grey:
            self._grey = grey
            # Letters are filled with it.
            self.set_text_color(_GREY if grey else _INK)
            self.set_fill_color(_GREY if grey else _INK)

    def mark(self, status: Status, x: float, y: float) -> None:
        """The sign of a status as on the map, told by its shape, around a point."""
        self.set_draw_color(_INK)
        self.set_line_width(0.35)
        if status == "possible":
            self.set_dash_pattern(0.5, 0.45)
        self.circle(x, y, 1.05, style="DF" if status == "happened" else "D")
        self.set_dash_pattern()
        if status == "scheduled":
            self.circle(x, y, 0.4, style="F")
        elif status == "cancelled":
            self.line(x - 0.75, y + 0.75, x + 0.75, y - 0.75)
