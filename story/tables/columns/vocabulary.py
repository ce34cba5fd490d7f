"""What columns are called in tables kept by others, and how well a header fits a field of a story."""

from __future__ import annotations

import re
from functools import lru_cache

from geo.normalise import fold
from story.model.columns import COLUMNS
from story.tables.columns.header_words import WORDS
from story.text import clean

# The more telling a name, the earlier it stands. Besides the columns of reports.csv there are parts of them: `until`
# ends what `when` begins, `time` is its time of day; `actors` take part without being travellers; place1 to place3
# contain `place`, the smallest first; `region` may contain it or be it, and `origin` is where it is only if nothing
# else says so.
NAMES: dict[str, str] = {
    "event": "event event_id eventid event_no event_number data_id incident_id incident_number incident_no case_id"
    " event_id_cnty globaleventid global_event_id gtd_id uid uuid guid objectid object_id record_id case_number case_no"
    " travel_id trip_id visit_id report_number reference_number disno reference id_no id",
    "title": "title headline event_title event_name name_of_event eventname incident_name case_name caption heading"
    " subject source_headline conflict_name incident event case meeting summit what titulo titre titel evento evenement"
    " überschrift anlass betreff veranstaltung ereignis intitule objet 件名 タイトル",
    "kind": "event_type eventtype type_of_event sub_event_type incident_type type_of_incident attacktype1_txt"
    " attack_type disorder_type category classification type kind crime_type offense disaster_type event_category"
    " hostility manner_of_death art tipo kategorie categorie nature purpose reason motif grund zweck",
    "summary": "summary description details detail narrative abstract synopsis event_description desc descr"
    " descripcion beschreibung remarks remark notes text what_happened content memo circumstances purpose commentaire"
    " commentaires bemerkungen injury injuries 説明 備考",
    "who": "who visitor guest guests traveller traveler leader head_of_state person people participants"
    " attendees dignitary delegation official minister president secretary speaker visitors candidate leaders officials"
    " politician senator representative governor ambassador besucher"
    " teilnehmer gast ministre ministro präsident presidente visiteur participant invite ship vessel"
    " visitante persona personne 人物 氏名",
    "who2": "",
    "actors": "actor1name actor actor1 side_a gname perpetrator perpetrators victim victims entity covered_entity"
    " operator airline",
    "actors2": "actor2name actor2 side_b",
    "place": "place action_geo_full_name where_coordinates areas_visited cities_visited places_visited locale locality"
    " city town village municipality place_name placename location location_name loc city_name site venue"
    " destination destinations settlement where toponym base port station airport ciudad lugar ort reiseziel ville"
    " cities towns places locations stops visited lieu localite commune stadt localidad 場所 都市 市",
    "place1": "county district admin2 adm_2 admin_2 adm2 county_name landkreis kreis",
    "place2": "state province admin1 adm_1 admin_1 adm1 provstate state_province state_name province_name governorate"
    " oblast prefecture department departement state_or_province us_state provincia estado bundesland 都道府県 県",
    "place3": "country country_name country_txt nation country_territory country_or_territory countryname host_country"
    " country_visited destination_country countries countries_visited pais land staat pays país 国",
    "region": "region area region_txt region_name zone subregion sub_region subreg sea_area gebiet gegend",
    "origin": "to from origin country_of_origin home_country coming_from herkunft provenance",
    "latitude": "geometry_latitude action_geo_lat latitude lat decimallatitude latitude_dd lat_dd point_y gps_lat"
    " y_coord latitud 緯度 breitengrad breite y",
    "longitude": "geometry_longitude action_geo_long longitude lon lng long decimallongitude longitude_dd lon_dd lng_dd"
    " point_x gps_lon gps_lng gps_long x_coord longitud 経度 längengrad länge x",
    "point": "geometry coordinates coords coordinate lat_lng latlng lat_long latlong lat_lon latlon geom wkt geom_wkt"
    " geo geopoint geo_point gps gps_coordinates position point location_coordinates the_geom koordinaten coordonnees",
    "when": "when start_date date_start startdate datestart event_date eventdate incident_date date_of_event"
    " date_of_incident visit_date date_of_visit occurred_at occurred date_occurred occurrence_date begin_date"
    " date_begin date_from from_date first_day arrival arrival_date arrived date_of_arrival start begin begins date"
    " dates datetime date_time day_date event_start start_time sqldate period occurred_on fecha datum jour"
    " fecha_inicio dag giorno data date_of_attack attack_date date_of_occurrence beginn startdatum anfang zeitraum"
    " debut date_debut date_de_debut inicio du von departure departure_date depart from 日付 年月日 日時 timestamp"
    " tag day days time",
    "until": "until end_date date_end enddate dateend date_to to_date last_day finish_date end ends departure"
    " departure_date departed date_of_departure event_end end_time finish fecha_fin ende enddatum date_fin date_de_fin"
    " fin bis return return_date left au to",
    "year": "year iyear yr event_year start_year year_start año jahr annee ano 年",
    "month": "month imonth mon mo event_month start_month month_start mes monat mois 月",
    "day": "day iday dd event_day start_day day_start dia tag jour day_of_month 日",
    "year2": "end_year year_end",
    "month2": "end_month month_end",
    "day2": "end_day day_end",
    "time": "time time_of_day event_time incident_time hour hora uhrzeit heure local_time time_local 時刻 ora orario"
    " godzina tijd tijdstip klockan kl klokken tidspunkt kello saat время час години ώρα שעה ساعة الوقت ساعت giờ 시간"
    " 시각 เวลา समय vreme vrijeme čas jam oras saa",
    "status": "status event_status",
    "reported": "reported reported_on date_reported report_date reported_date published published_at publish_date"
    " publication_date date_published source_date pubdate",
    "source": "source sources source_name publisher outlet source_office source_article reported_by newspaper quelle"
    " quellen fuente scite1 出典",
    "url": "url link source_url href web_link website source_link news_url sourceurl article_url",
    "note": "note notes comment comments remark remarks fatalities deaths dead total_deaths killed nkill injured nwound"
    " wounded total_victims casualties best bemerkung remarque remarques nota notas",
}
FIELDS = tuple(NAMES)


def _ordered(field: str) -> dict[str, int]:
    """Each name of a field with its place in the line, the most telling first; those of other languages behind."""
    names = [*NAMES[field].split(), *WORDS.get(field, "").split()]
    folded = [re.sub(r"[\W_]+", "_", fold(name)).strip("_") for name in names]
    return {name: place for place, name in reversed(list(enumerate(folded)))}


_ORDER = {field: _ordered(field) for field in NAMES}
_LONGEST = 100
# "Region of incident" is no title, though "incident" may be one.
_WHOLE_ONLY = frozenset({"event", "title", "kind", "status", "origin"})
_TAIL = re.compile(r"\s*[(\[][^)\]]*[)\]]\s*$")
# What a header may say besides its field: "Name of the visitor", "incident_city", "nearest town or village".
_FILLING = frozenset(
    "a an and closest de description desc du exact for full in la le main name names nearest no of on or primary text"
    " the txt".split()
)
_TYPE = re.compile(r"(?:type_(?:of|de|d)|art_der)_\w+")
_PLACES = ("place", "place1", "place2", "place3")
_SUBJECT = frozenset("accident attack crash disaster event incident meeting occurrence trip visit".split())
# "Host city" is a city where something happens, "birth city" one where it does not.
_ELSEWHERE = frozenset(
    "actor actor1 actor2 attacker billing birth citizenship departure eez flag former guest home mailing native origin"
    " owner perpetrator shore source sponsor visitor victim".split()
)
_SHORT = frozenset({"lat", "lon", "lng", "end", "von", "bis"})
WHOLE = 0.5
"""How well a header fits, at least, that names a field as a whole."""


@lru_cache(maxsize=10_000)
def plain(header: str) -> str:
    """The header as one word for comparing: "startDate (UTC)" gives "start_date"."""
    text = _TAIL.sub("", clean(header)) or clean(header)
    text = re.sub(r"([a-z])([A-Z])", r"\1_\2", text) if not text.isupper() else text
    return re.sub(r"[\W_]+", "_", fold(text)).strip("_")


@lru_cache(maxsize=10_000)
def fits(header: str) -> dict[str, float]:
    """Field -> how well the header fits it, from 0 to 1; only those that it fits at all.

    A whole name counts 1 for the most telling and less down the list, at least `WHOLE`; with words that say nothing of
    the field a little less; a name within a longer header less than half.
    """
    if len(header) > _LONGEST:
        return {}
    name = plain(header)
    found: dict[str, float] = {}
    for tail, worth in ((name, 1.0), (plain(clean(header).rpartition(".")[2]), 0.9)):
        for field, order in _ORDER.items():
            if tail in order:
                found.setdefault(field, worth - 0.4 * order[tail] / len(order))
    numbered = re.fullmatch(r"(\w+?)_?([1-9])", name)
    for field in ("who", "actors"):
        if numbered and numbered[1] in _ORDER[field]:
            found.setdefault(field if numbered[2] == "1" else f"{field}2", 0.7)
    if not found and _TYPE.fullmatch(name):
        found["kind"] = WHOLE
    words = name.split("_")
    return found or _bare(words) or _within(words)


def _bare(words: list[str]) -> dict[str, float]:
    """The fields of what a header says when its filling words are left out, all of whose words are of one field."""
    for idle in (_FILLING | _SUBJECT, _SUBJECT, _FILLING):
        rest = [word for word in words if word not in idle]
        joined = "_".join(rest)
        found = {
            field: 0.8 - 0.3 * order.get(joined, len(order)) / len(order)
            for field, order in _ORDER.items()
            if field != "region"
            and (
                joined in order or (len(rest) > 1 and field not in _WHOLE_ONLY and all(word in order for word in rest))
            )
        }
        if found:
            return found
        # "City or county": the smallest counts.
        sizes = [next((field for field in _PLACES if word in _ORDER[field]), "") for word in rest]
        if len(rest) > 1 and all(sizes):
            return {min(sizes): 0.6}
    return {}


def _within(words: list[str]) -> dict[str, float]:
    """The fields that some word of a longer header names."""
    found: dict[str, float] = {}
    for field, order in _ORDER.items():
        if field in _WHOLE_ONLY or not 1 < len(words) <= 4:
            continue
        parts = [order[word] for word in words if word in order and (len(word) > 3 or word in _SHORT)]
        if field in _PLACES and words[-1] in order and not _ELSEWHERE.intersection(words):
            found[field] = WHOLE
        elif parts:
            found[field] = 0.4 - 0.2 * min(parts) / len(order)
    return found


# The words for divisions in tables, as the gazetteer's readings know them.
_DIVISIONS: dict[str, str] = {
    "state": "state estado estados bundesland provstate us_state state_name state_or_province state_province stato stat"
    " земля штат 州 राज्य ولاية eyalet",
    "province": "province provincia provincie provincia_name province_name provinz prowincja il vilayet 省 провинция"
    " محافظة استان tỉnh provinsi จังหวัด",
    "prefecture": "prefecture 都道府県 県 préfecture νομός",
    "oblast": "oblast область obwód",
    "governorate": "governorate",
    "department": "department departement departamento département",
    "region": "regione région region_name",
    "canton": "canton kanton cantone",
    "voivodeship": "voivodeship województwo",
    "county": "county county_name landkreis kreis län fylke megye condado comté",
    "district": "district admin2 adm_2 admin_2 adm2 distrito distrikt район",
    "division": "admin1 adm_1 admin_1 adm1 division",
}
_DIVISION_OF = {fold(name): word for word, names in _DIVISIONS.items() for name in names.split()}


@lru_cache(maxsize=10_000)
def division_word(header: str) -> str:
    """What a column of divisions holds, as an English word: "state" for "Bundesland"; "" for any other column."""
    name = plain(header)
    if name in _DIVISION_OF:
        return _DIVISION_OF[name]
    words = [word for word in name.split("_") if word not in _FILLING | _SUBJECT]
    return _DIVISION_OF.get("_".join(words), "")


def is_known(header: str) -> bool:
    """Whether the header is one of the names above, as a whole."""
    return any(score >= WHOLE for score in fits(header).values())


def own_name(header: str) -> str:
    """The column of reports.csv that the header names outright; "" for none."""
    name = re.sub(r"[\s_-]+", "_", clean(header).lower())
    name = {"lat": "latitude", "lon": "longitude", "lng": "longitude", "long": "longitude", "event_id": "event"}.get(
        name, name
    )
    return name if name in COLUMNS else ""
