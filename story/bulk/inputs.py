"""Which articles are to be read, and what is said of each."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from story.exc import ArticleFormatError
from story.opening.fetching import fetch

_ENDINGS = frozenset({".txt", ".md", ".html", ".htm", ".xhtml", ".pdf", ".docx", ".eml"})
_WEB = ("http://", "https://")
_VERSION = "1"  # counts up when reading changes, so that a run that is taken up again reads everything anew


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody says of an article: its day of publication and its source, None and "" where they do not."""

    published: date | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Input:
    """A file or an `address` to read, by which `id` its line is known, and what is said of it."""

    path: Path
    id: str
    said: Said
    address: str = ""

    def read(self) -> bytes:
        """Its bytes; of an address what stands there. Raises OSError or ArticleFormatError."""
        return fetch(self.address).raw if self.address else self.path.read_bytes()

    def key(self, raw: bytes) -> str:
        """What this input is read from, in short: the same bytes with the same said of them need no second reading."""
        said = f"{_VERSION}\0{self.id}\0{self.said.published}\0{self.said.source}\0"
        return hashlib.sha256(said.encode("utf-8", "surrogatepass") + raw).hexdigest()[:32]


def inputs(given: Iterable[str | Path], said: Said, by_file: Mapping[str, Said]) -> list[Input]:
    """The files, those in folders too, in the order of their names, and then the web addresses among what is given.

    Raises ArticleFormatError for what is not there.
    """
    files: list[tuple[Path, str]] = []
    addresses: list[str] = []
    for one in given:
        path = Path(one)
        if str(one).startswith(_WEB):
            addresses.append(str(one))
        elif path.is_dir():
            files += ((file, file.relative_to(path).as_posix()) for file in _in_folder(path))
        elif path.exists():
            files.append((path, path.name))
        else:
            raise ArticleFormatError(f"'{path}' is not there. Give the path of a file or of a folder of articles.")
    if not files and not addresses:
        raise ArticleFormatError(
            f"There is no article to read: a folder is searched for {', '.join(sorted(_ENDINGS))}."
        )
    return [
        *(Input(path, id_, _said_of(path, said, by_file)) for path, id_ in files),
        *(Input(Path(one), one, _said_of(Path(one), said, by_file), one) for one in addresses),
    ]


def _in_folder(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if path.suffix.lower() in _ENDINGS and not hidden and path.is_file():
            yield path


def _said_of(path: Path, said: Said, by_file: Mapping[str, Said]) -> Said:
    own = by_file.get(path.name) or by_file.get(path.stem) or Said()
    return Said(own.published or said.published, own.source or said.source)


def read_list(path: Path) -> tuple[dict[str, Said], list[str]]:
    """What a CSV file with the columns file, published and source says of each, and what is wrong with its lines.

    A day that is none is left out, and the article's own counts. Raises ArticleFormatError where no column says which
    file is meant.
    """
    found: dict[str, Said] = {}
    problems: list[str] = []
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        if "file" not in (reader.fieldnames or ()):
            raise ArticleFormatError(f"'{path}' has no column 'file'. Its columns are to be: file, published, source.")
        for row in reader:
            text = (row.get("published") or "").strip()
            published = None
            try:
                published = date.fromisoformat(text) if text else None
            except ValueError:
                problems.append(f"'{path}' line {reader.line_num}: '{text}' is not a date. Write 2025-10-24.")
            found[(row["file"] or "").strip()] = Said(published, (row.get("source") or "").strip())
    return found, problems
