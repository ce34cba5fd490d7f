"""Damaged and hostile workbooks and ZIP files: their parts, their XML, the archive around them."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Callable, Sequence
from random import Random
from xml.sax.saxutils import escape

from tools.fuzz.tokens import BYTES, REFERENCES, damaged, value

_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SHEET = "xl/worksheets/sheet1.xml"
_ATTRIBUTE = re.compile(r"""(\s+)([\w:]+)(\s*=\s*)("[^"<]*"|'[^'<]*')""")
_ELEMENT = re.compile(r"<(\w+)\b[^<>]*?(?:/>|>[^<>]*</\1>)")
_REFERENCE = re.compile(r'\b(?:r|ref)="[A-Z]')
_SHARED = ["date", "city", "title", "Paris", "Rome", "A talk", ""]
Parts = dict[str, bytes]


def parts(chance: Random) -> Parts:
    """A small workbook with shared and inline strings, dates, formulas, merged cells, a table and a comment."""
    count = chance.choice((1, 1, 2, 5))
    numbers = range(1, count + 1)
    sheets = "".join(f'<sheet name="Sheet{n}" sheetId="{n}" r:id="r{n}"/>' for n in numbers)
    targets = "".join(_relation(f"r{n}", "worksheet", f"worksheets/sheet{n}.xml") for n in numbers)
    shared = "".join(f"<si><t>{escape(text)}</t></si>" for text in _SHARED)
    made = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml"'
        ' ContentType="application/xml"/></Types>',
        "_rels/.rels": _relations(_relation("r1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook {_MAIN} xmlns:r="{_OFFICE}"><workbookPr date1904="0"/><sheets>{sheets}</sheets>'
        '<definedNames><definedName name="Area">Sheet1!$A$1:$C$3</definedName></definedNames></workbook>',
        "xl/_rels/workbook.xml.rels": _relations(
            targets + _relation("s", "styles", "styles.xml") + _relation("t", "sharedStrings", "sharedStrings.xml")
        ),
        "xl/styles.xml": f'<styleSheet {_MAIN}><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy-mm-dd"/>'
        '</numFmts><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/></cellXfs></styleSheet>',
        "xl/sharedStrings.xml": f'<sst {_MAIN} count="{len(_SHARED)}" uniqueCount="{len(_SHARED)}">{shared}</sst>',
        **{f"xl/worksheets/sheet{n}.xml": _sheet(chance) for n in numbers},
    }
    return {name: text.encode("utf-8", "surrogatepass") for name, text in made.items()}


def _relation(name: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{name}" Type="{_OFFICE}/{kind}" Target="{target}"/>'


def _relations(inside: str) -> str:
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{inside}</Relationships>'


def _sheet(chance: Random) -> str:
    head = "".join(f'<c r="{letter}1" t="s"><v>{n}</v></c>' for n, letter in enumerate("ABC"))
    rows = "".join(
        f'<row r="{n}" spans="1:3"><c r="A{n}" s="{chance.randrange(3)}"><v>{42614 + n}</v></c>'
        f'<c r="B{n}" t="s"><v>{chance.randrange(8)}</v></c>'
        f'<c r="C{n}" t="inlineStr"><is><r><t>A </t></r><r><t>talk</t></r></is></c>'
        f'<c r="D{n}" t="{chance.choice(("b", "e", "str", "n", "d"))}"><f>A{n}+1</f><v>1</v></c></row>'
        for n in range(2, chance.choice((3, 4, 12)))
    )
    return (
        f'<worksheet {_MAIN}><dimension ref="A1:D4"/><sheetData><row r="1">{head}</row>{rows}</sheetData>'
        '<mergeCells count="2"><mergeCell ref="B2:B3"/><mergeCell ref="A1:C1"/></mergeCells></worksheet>'
    )


def workbook(chance: Random) -> bytes:
    """The bytes of a workbook of which one thing, or several, were damaged."""
    made = parts(chance)
    for _ in range(chance.choice((1, 1, 2, 4))):
        name = _SHEET if chance.random() < 0.6 else chance.choice(list(made))
        if name in made:
            made[name] = _changed(made[name], chance)
    if chance.random() < 0.15:
        _moved(made, chance)
    return packed(made, chance)


def _changed(raw: bytes, chance: Random) -> bytes:
    if chance.random() < 0.15:
        return damaged(raw, chance)
    text = raw.decode("utf-8", "replace")
    for _ in range(chance.choice((1, 1, 3))):
        text = chance.choice(_CHANGES)(text, chance)
        # What doubles again and again would only be large.
        text = text[:200_000]
    return text.encode("utf-8", "replace")


def _replaced(pattern: re.Pattern[str], text: str, chance: Random, make: Callable[[re.Match[str]], str]) -> str:
    """The text with one match of the pattern replaced, any of them."""
    found = list(pattern.finditer(text))
    if not found:
        return text
    match = chance.choice(found)
    return text[: match.start()] + make(match) + text[match.end() :]


def _other_value(text: str, chance: Random) -> str:
    def make(match: re.Match[str]) -> str:
        quote = chance.choice("'\"")
        said = chance.choice(REFERENCES) if match[2] in ("r", "ref") else value(chance)
        if chance.random() < 0.8:
            said = escape(said).replace(quote, "")
        return f"{match[1]}{match[2]}{match[3]}{quote}{said}{quote}"

    return _replaced(_ATTRIBUTE, text, chance, make)


def _other_attribute(text: str, chance: Random) -> str:
    def make(match: re.Match[str]) -> str:
        body = match[4][1:-1]
        return chance.choice(
            (
                f"{match[1]}{match[2]} = '{body}'",
                f'{match[1]}x=">"{match[0]}',
                f"{match[0]}{match[0]}",
                f"{' ' * 900}{match[0]}",
                f"{match[1]}x:{match[2]}={match[4]}",
                f"{match[1]}{match[2].upper()}={match[4].lower()}",
                f"{match[1]}{match[2]}={body}",
                "",
            )
        )

    return _replaced(_ATTRIBUTE, text, chance, make)


def _other_element(text: str, chance: Random) -> str:
    def make(match: re.Match[str]) -> str:
        inside = match[0]
        return chance.choice(
            (
                "",
                inside * chance.choice((2, 50)),
                f"<!--{inside}-->",
                f"<!-- > -->{inside}",
                f"<![CDATA[{inside}]]>",
                f"<x:y>{inside}</x:y>",
                f"{'<a>' * 500}{inside}{'</a>' * 500}",
                inside.replace("<", "<m:", 1),
                inside.rpartition("</")[0],
                f"<v>{escape(value(chance))}</v>",
                f'<c r="{chance.choice(REFERENCES)}"><v>1</v></c>',
                f"<row r='1048576'><c r='XFD1048576' t='s'><v>{chance.choice(('0', '9' * 30))}</v></c></row>",
            )
        )

    return _replaced(_ELEMENT, text, chance, make)


def _other_reference(text: str, chance: Random) -> str:
    """One cell, or one merged range, somewhere else."""
    return _replaced(_REFERENCE, text, chance, lambda match: match[0][:-1] + chance.choice(REFERENCES))


def _entities(text: str, chance: Random) -> str:
    each = '<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    kind = chance.choice(
        (f"<!DOCTYPE x [{each}]>", '<!DOCTYPE x SYSTEM "file:///etc/passwd">', "<?xml version='1.1'?>")
    )
    return kind + text.replace("Paris", "&i;").replace("<v>1</v>", "<v>&i;</v>")


_CHANGES: Sequence[Callable[[str, Random], str]] = (
    _other_value, _other_value, _other_attribute, _other_element, _other_element, _other_reference, _entities,
)  # fmt: skip


def _moved(made: Parts, chance: Random) -> None:
    """One part left out, named otherwise, or beside another of nearly its name."""
    name = chance.choice(list(made))
    raw = made.pop(name)
    others = (
        name.upper(),
        f"/{name}",
        name.replace("/", "\\"),
        f"../{name}",
        f"xl/elsewhere/{name[-10:]}",
        name + "\0",
    )
    match chance.randrange(4):
        case 0:
            made[chance.choice(others)] = raw
        case 1:
            made[name] = raw
            made[chance.choice(others)] = _changed(raw, chance)
        case 2:
            target = "xl/_rels/workbook.xml.rels"
            made[name] = raw
            made["xl/far.xml"] = made.get(_SHEET, raw)
            made[target] = made.get(target, b"").replace(b"worksheets/sheet1.xml", b"far.xml")


def packed(made: Parts, chance: Random) -> bytes:
    """The parts in a ZIP file, whose own fields are sometimes untrue."""
    out = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w") as archive:
        # That two parts have one name is meant.
        warnings.simplefilter("ignore", UserWarning)
        for name, raw in made.items():
            kind = chance.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED, zipfile.ZIP_BZIP2))
            archive.writestr(zipfile.ZipInfo(name), raw, kind, 1 if kind != zipfile.ZIP_STORED else None)
    whole = out.getvalue()
    if chance.random() < 0.9:
        return whole
    if chance.random() < 0.5:
        return damaged(whole, chance)
    # A field of a header in the archive: sizes, offsets, flags, the way it is packed.
    marks = [found.start() for found in re.finditer(rb"PK(?:\x01\x02|\x03\x04|\x05\x06)", whole)]
    at = chance.choice(marks) + chance.randrange(4, 46)
    return (
        whole[:at] + chance.choice((b"\xff\xff\xff\xff", b"\x00\x00", b"\x01", chance.choice(BYTES))) + whole[at + 4 :]
    )
