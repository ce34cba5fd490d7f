"""Whose word a report rests on: what kind of source it names, and which names of sources are of one and the same."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from geo.normalise import fold, key

SourceKind = Literal["named", "official", "anonymous", "citing"]
"""`citing`: it passes on what another source has said, and is not independent of it."""

# "The Courier, citing the Herald": the one behind is whose word it is.
_CITING = re.compile(
    r"[\s,(\[–—-]*\b(?:citing|quoting|who cited|which cited|according to|crediting|attributed to|relaying"
    r"|citando(?: a)?|citant|selon|según|laut|unter berufung auf|secondo)\s+",
    re.IGNORECASE,
)
# "Ann Lee told the Herald", "the ministry via Reuters": the one before is whose word it is.
_THROUGH = re.compile(
    r"[\s,(]*\b(?:via|told|speaking to|in an interview with|in remarks to|(?:as )?(?:reported|quoted|cited) by)\s+",
    re.IGNORECASE,
)
# Several in one cell.
_SEVERAL = re.compile(r"\s*;\s*|(?<=\w) ?/ ?(?=\w)")
_ADDRESS = re.compile(
    r"(?:https?://)?(?:www\.)?([\w-]{2,})(?:\.[\w-]{2,})*\.(?:com?|org|net|gov|news|info|tv|[a-z]{2})(?:/.*)?"
)
_ANONYMOUS = re.compile(
    r"\b(?:anonym\w*|unnamed|un-named|unidentified|undisclosed|(?:not|without being) named|people familiar"
    r"|person familiar|sources? (?:close|familiar|with knowledge)|condition of anonymity|insiders?)\b"
)
_NOBODY = re.compile(
    r"(?:(?:two|three|several|some|senior|government|diplomatic|military|security|local|the|other)\W+)*"
    r"(?:anonymous|unnamed|unidentified)?\W*(?:sources?|officials?|people|persons?|insiders?|reports?|media)"
    r"(?: (?:close|familiar|with) .*)?"
)
_OFFICIAL = re.compile(
    r"\b(?:ministr\w+|minister\w*|minist[eè]re|secretary|secretariat|government|president\w*|prime|premier|chancellor"
    r"|army|navy|air force|forces|military|marines|coast ?guard|command|pentagon|white house|kremlin|state department"
    r"|department|embassy|ambassador|consulate|police|prosecutors?|court|parliament|senate|congress|senator|governor"
    r"|mayor|municipality|council|commission|commissioner|authority|authorities|administration|spokes\w+|general staff"
    r"|united nations|nato|palace|cabinet|agency for|bureau|foreign office|home office|city hall)\b"
)
_UNITED_NATIONS = re.compile(r"\bU\.?N\b")
_NOISE = (
    "news agency", "news service", "newspaper", "newswire", "news", "online", "website", "reporter",
    "correspondent", "staff", "wire",
)  # fmt: skip
# A last word that many papers share names none of them.
_SHARED = frozenset(
    "times post herald tribune journal mail star sun telegraph gazette press today chronicle observer standard mirror"
    " globe express agency ministry minister government office department navy army police embassy court council"
    " authority authorities administration command forces secretary president spokesman spokeswoman".split()
)
_SHORTEST, _LONGEST = 2, 6


@dataclass(frozen=True, slots=True)
class Origin:
    """Whose word a source's name stands for: `name` as it is written there, `kind`, and who only passes it `through`,
    "" for nobody."""

    name: str
    kind: SourceKind
    through: str = ""


def origins_of(source: str, note: str = "", about: str = "") -> tuple[Origin, ...]:
    """The origins of a report by its source and its note, none where no source is given; `about` is what the story says
    of that source.

    Unnamed sources are those of the paper that heard them: nobody can tell whether two papers heard the same.
    """
    whole = _ADDRESS.fullmatch(source)
    parts = [source] if whole else _SEVERAL.split(source)
    return tuple(_origin(part, note, about) for part in parts if part.strip())


@lru_cache(maxsize=10_000)
def _origin(source: str, note: str, about: str) -> Origin:
    outlet, said_by, is_citing = _split(source)
    if not said_by and (said := _CITING.match(note)):
        said_by, is_citing = _bare(re.split(r"[.;\n]", note[said.end() :], maxsplit=1)[0]), True
    if said_by and not _is_nobody(said_by):
        return Origin(said_by, "citing" if is_citing else _kind(said_by, ""), outlet)
    if said_by or _is_nobody(outlet) or _ANONYMOUS.search(fold(f"{note}\n{about}")):
        return Origin(outlet or said_by, "anonymous")
    return Origin(outlet, _kind(outlet, about))


def _kind(name: str, about: str) -> SourceKind:
    is_official = _OFFICIAL.search(fold(name)) or _UNITED_NATIONS.search(name) or _OFFICIAL.search(fold(about))
    return "official" if is_official else "named"


def _split(source: str) -> tuple[str, str, bool]:
    """The paper, who says it there ("" for the paper itself), and whether the paper cites them."""
    found = _CITING.search(source)
    if found is not None and found.start():
        return _bare(source[: found.start()]), _bare(source[found.end() :]), True
    through = _THROUGH.search(source)
    if through is not None and through.start():
        return _bare(source[through.end() :]), _bare(source[: through.start()]), False
    return _bare(source), "", False


def _bare(name: str) -> str:
    return re.sub(r"^(?:(?:the|a|an)\s+|l[’'](?=[A-Z]))", "", name.strip(" ,;.()[]"), flags=re.IGNORECASE)


def _is_nobody(name: str) -> bool:
    """Whether a name names nobody: "anonymous sources", "two officials"."""
    folded = fold(name)
    return bool(_NOBODY.fullmatch(folded) or _ANONYMOUS.search(folded))


def same_origins(names: Sequence[str]) -> Mapping[str, str]:
    """Each name of a source -> the name that stands for it and all that are the same: the first of them.

    The same are: names that differ in case, accents, an article or words such as "News"; initials and what they stand
    for (AP, Associated Press); a family name and the one full name among these that ends so. All that name nobody are
    the same: that they are several nobody can tell.
    """
    keys = {name: "" if _is_nobody(name) else _key(name) for name in names}
    distinct = list(dict.fromkeys(keys.values()))
    stands = {one: _longer(one, distinct) for one in distinct}
    first: dict[str, str] = {}
    for name in names:
        first.setdefault(stands[keys[name]], name)
    return {name: first[stands[keys[name]]] for name in names}


@lru_cache(maxsize=10_000)
def _key(name: str) -> str:
    address = _ADDRESS.fullmatch(name.strip().lower())
    words = key(address[1] if address else name)
    for _ in range(3):
        for noise in _NOISE:
            if words.endswith(f" {noise}"):
                words = words.removesuffix(f" {noise}")
    return words


def _longer(short: str, every: Sequence[str]) -> str:
    """The one other key that a short one stands for; itself where there is none, or several."""
    if not short or " " in short or short in _SHARED:
        return short
    longer = [
        other for other in every if " " in other and (_initials(other) == short or other.rpartition(" ")[2] == short)
    ]
    return longer[0] if len(longer) == 1 else short


def _initials(words: str) -> str:
    letters = "".join(word[0] for word in words.split())
    return letters if _SHORTEST <= len(letters) <= _LONGEST else ""
