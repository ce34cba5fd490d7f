"""Scores drafted reports against those that a careful desk editor would take from the same articles.

    python -m tools.eval_events --published > published.csv
    python -m story read tests/golden/articles/*.txt --published published.csv > read.jsonl
    python -m tools.eval_events read.jsonl [--expected FOLDER] [--show]

`read.jsonl` has one JSON object a line, `{"id": "…/01-summit-tour.txt", "reports": [{…}]}`; `--expected` names a folder
with one `01-summit-tour.json` an article, `{"published", "source", "reports": [{…}]}`, those of the tests by default. A
report has `event`, `place`,
`latitude`, `longitude`, `when` (EDTF), `status`, `who` (a list, or names with `;` between them), `source`, `reported`.

Drafts and expected reports are matched one to one within an article. Two may be the same when they stand at one place
(within 161 km, or a country by its name) and their days meet or they share somebody, or when day and company are the
same at different places; the likeliest pair is taken first. A field of a draft is right when the draft is matched and
the field says the same: precision is over all drafts, recall over all expected reports, and for `who` over names.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import sys
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from geo.spatial.great_circles import distance_km
from story.model import DateSpan
from story.model.dates import parse_when

EXPECTED = Path(__file__).resolve().parent.parent / "tests" / "golden" / "articles"
FIELDS = ("place", "day", "day, lenient", "status", "who", "source", "reported")
NEAR_KM = 161
"""A hundred miles, the usual bound of toponym resolution: disagreements on where a place's point is lie below it."""
_AGENCIES = {"ap": "associated press", "afp": "agence france-presse", "kyodo": "kyodo news"}
_QUOTES = str.maketrans("‘’“”", "''\"\"")


@dataclass(frozen=True, slots=True)
class Statement:
    """A report with its values made comparable; `country` is filled where the expected place is a whole country."""

    event: str
    place: str
    country: str
    point: tuple[float, float] | None
    when: DateSpan
    status: str
    who: frozenset[str]
    source: str
    reported: str

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Statement:
        """From a row as `story read` prints it; a field that it lacks is blank. Raises DateFormatError for `when`."""
        who = row.get("who") or []
        names = who.split(";") if isinstance(who, str) else who
        point = [float(value) for key in ("latitude", "longitude") if (value := row.get(key)) not in (None, "")]
        source = bare(row.get("source") or "")
        return cls(
            event=row.get("event") or "",
            place=bare(row.get("place") or ""),
            country=bare(row.get("country") or ""),
            point=(point[0], point[1]) if len(point) == 2 else None,
            when=parse_when(row.get("when") or ""),
            status=row.get("status") or "",
            who=frozenset(filter(None, map(bare, names))),
            source=_AGENCIES.get(source, source),
            reported=row.get("reported") or "",
        )


@dataclass
class Tally:
    """How many of one field are right, were drafted and are expected."""

    right: int = 0
    drafted: int = 0
    expected: int = 0

    @property
    def precision(self) -> float:
        return self.right / self.drafted if self.drafted else float(not self.expected)

    @property
    def recall(self) -> float:
        return self.right / self.expected if self.expected else float(not self.drafted)

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass
class Score:
    """What many articles come to."""

    fields: dict[str, Tally] = field(default_factory=lambda: {name: Tally() for name in FIELDS})
    articles: int = 0
    matched: int = 0
    events: int = 0
    missed: int = 0
    drafted: int = 0
    spurious: int = 0

    def add(self, expected: Sequence[Statement], drafted: Sequence[Statement]) -> None:
        """Counts the reports of one article."""
        pairs = match(expected, drafted)
        self.articles += 1
        self.matched += len(pairs)
        for name, tally in self.fields.items():
            if name == "who":
                tally.right += sum(len(expected[e].who & drafted[d].who) for e, d in pairs)
                tally.expected += sum(len(one.who) for one in expected)
                tally.drafted += sum(len(one.who) for one in drafted)
            else:
                tally.right += sum(agrees(name, expected[e], drafted[d]) for e, d in pairs)
                tally.expected += len(expected)
                tally.drafted += len(drafted)
        happenings, drafts = _events(expected), _events(drafted)
        self.events += len(happenings)
        self.drafted += len(drafts)
        self.missed += len(happenings - _events(expected, {e for e, _ in pairs}))
        self.spurious += len(drafts - _events(drafted, {d for _, d in pairs}))


def bare(name: str) -> str:
    """A name as it is compared: without case, article, typographic quotes and needless spaces."""
    plain = unicodedata.normalize("NFKC", name).translate(_QUOTES).casefold()
    return re.sub(r"^(the|an?) ", "", " ".join(plain.split()))


def same_place(expected: Statement, draft: Statement) -> bool:
    """Whether both mean one place: a point within 161 km, or the same country, whose point says little."""
    if expected.country and draft.place in (expected.country, expected.place):
        return True
    return bool(expected.point and draft.point) and _apart_km(expected, draft) <= NEAR_KM


def same_days(expected: DateSpan, draft: DateSpan) -> bool:
    """Whether both spans have the same first and last day."""
    return (expected.earliest, expected.latest) == (draft.earliest, draft.latest)


def days_meet(expected: DateSpan, draft: DateSpan) -> bool:
    """Whether some day is in both; a span of which neither end is known meets only its like."""
    if "unknown" in (expected.precision, draft.precision):
        return same_days(expected, draft)
    first = max(expected.earliest or date.min, draft.earliest or date.min)
    return first <= min(expected.latest or date.max, draft.latest or date.max)


def agrees(name: str, expected: Statement, draft: Statement) -> bool:
    """Whether the draft has the field `name` as expected."""
    match name:
        case "place":
            return same_place(expected, draft)
        case "day":
            return same_days(expected.when, draft.when)
        case "day, lenient":
            return days_meet(expected.when, draft.when)
    return bool(getattr(expected, name) == getattr(draft, name))


def likeness(expected: Statement, draft: Statement) -> float:
    """How likely two are the same report; 0 where they are not."""
    company = _shared(expected.who, draft.who)
    same, meet = same_days(expected.when, draft.when), days_meet(expected.when, draft.when)
    here = same_place(expected, draft)
    if not (company and same) and not (here and (company or meet)):
        return 0.0
    details = (expected.status == draft.status) + (expected.source == draft.source)
    return 4.0 * here + 1.0 * meet + 1.0 * same + 2.0 * company + 0.5 * details


def match(expected: Sequence[Statement], drafted: Sequence[Statement]) -> list[tuple[int, int]]:
    """Pairs (index of the expected, index of the draft), each of them once at most, the likeliest first."""
    likely = [(likeness(one, draft), -e, -d) for e, one in enumerate(expected) for d, draft in enumerate(drafted)]
    pairs: list[tuple[int, int]] = []
    for _, e, d in sorted((one for one in likely if one[0]), reverse=True):
        if all(-e != taken and -d != used for taken, used in pairs):
            pairs.append((-e, -d))
    return pairs


def differences(expected: Sequence[Mapping[str, Any]], drafted: Sequence[Mapping[str, Any]]) -> list[str]:
    """A line for each report that is missed, spurious or has a field otherwise than expected."""
    wanted, found = [Statement.of(row) for row in expected], [Statement.of(row) for row in drafted]
    pairs = sorted(match(wanted, found))
    lines = [f"missed    {_brief(row)}" for e, row in enumerate(expected) if e not in {e for e, _ in pairs}]
    lines += [f"spurious  {_brief(row)}" for d, row in enumerate(drafted) if d not in {d for _, d in pairs}]
    for e, d in pairs:
        for name in FIELDS:
            if name != "day, lenient" and not agrees(name, wanted[e], found[d]):
                key = "when" if name == "day" else name
                said, hoped = drafted[d].get(key), expected[e].get(key)
                lines.append(f"{name:9} {_brief(expected[e])}: {said!r} where {hoped!r} is expected")
    return lines


def table(score: Score) -> str:
    """The figures for reading: a line a field, then events and reports."""
    lines = [f"{'field':14}{'precision':>10}{'recall':>8}{'F1':>7}{'right':>8}{'drafted':>9}{'expected':>10}"]
    for name, one in score.fields.items():
        lines.append(
            f"{name:14}{one.precision:10.3f}{one.recall:8.3f}{one.f1:7.3f}{one.right:8}{one.drafted:9}{one.expected:10}"
        )
    lines.append(f"{score.matched} reports matched in {score.articles} articles")
    lines.append(f"events missed {score.missed} of {score.events}, spurious {score.spurious} of {score.drafted}")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.eval_events", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("drafted", type=Path, nargs="?", help="what `story read` printed, a JSON object a line")
    parser.add_argument("--published", action="store_true", help="print the days and papers for `story read`")
    parser.add_argument("--expected", type=Path, default=EXPECTED, help="folder of the expected reports")
    parser.add_argument("--show", action="store_true", help="also every report that is not as expected")
    given = parser.parse_args(arguments)
    files = sorted(given.expected.glob("*.json"))
    articles = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in files}
    if not articles:
        parser.error(f"there are no expected reports in '{given.expected}': name a folder of .json files")
    if given.published:
        papers = csv.writer(sys.stdout, lineterminator="\n")
        papers.writerow(("file", "published", "source"))
        papers.writerows((f"{stem}.txt", one["published"], one["source"]) for stem, one in articles.items())
        return 0
    if given.drafted is None:
        parser.error("name the file that `python -m story read` printed into")
    drafts = _drafts(given.drafted.read_text(encoding="utf-8").splitlines())
    score = Score()
    for stem, article in articles.items():
        expected, drafted = article["reports"], drafts.get(stem, [])
        if stem not in drafts:
            print(f"{stem}: not among what was read, so all its reports count as missed", file=sys.stderr)
        score.add([Statement.of(row) for row in expected], [Statement.of(row) for row in drafted])
        if given.show and (lines := differences(expected, drafted)):
            print(f"{stem}\n  " + "\n  ".join(lines))
    print(table(score))
    return 0


def _drafts(lines: Iterable[str]) -> dict[str, list[dict[str, Any]]]:
    """Drafted reports by the stem of their document's name; a document that could not be read has none."""
    documents = [json.loads(line) for line in lines if line.strip()]
    return {Path(str(document["id"])).stem: document.get("reports") or [] for document in documents}


def _events(statements: Sequence[Statement], among: Iterable[int] | None = None) -> set[str]:
    """The events of the statements with these indexes, of all by default; one without a key is an event of its own."""
    chosen = range(len(statements)) if among is None else among
    return {statements[i].event or f"#{i}" for i in chosen}


def _shared(expected: frozenset[str], draft: frozenset[str]) -> float:
    """The share of all names that both have, from 0 to 1; nobody and nobody are the same company."""
    return len(expected & draft) / len(expected | draft) if expected | draft else 1.0


def _apart_km(expected: Statement, draft: Statement) -> float:
    return distance_km(expected.point, draft.point) if expected.point and draft.point else float("inf")


def _brief(row: Mapping[str, Any]) -> str:
    who = row.get("who") or []
    names = who if isinstance(who, str) else ";".join(who)
    return " · ".join(str(value) for value in (row.get("place"), row.get("when"), row.get("status"), names) if value)


if __name__ == "__main__":
    sys.exit(main())
