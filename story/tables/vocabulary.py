"""What columns are called in tables kept by others, and how well a header fits a field of a story."""

from __future__ import annotations

import re
from functools import lru_cache

from story.table import COLUMNS
from story.text import clean, fold

# The more telling a name, the earlier it stands. Besides the columns of reports.csv there are parts of them: `until`
# ends what `when` begins, `time` is its time of day; place1 to place3 contain `place`, the smallest first.
NAMES: dict[str, str] = {
    "event": "event event_id eventid event_no event_number data_id incident_id incident_number incident_no case_id"
    " event_id_cnty globaleventid global_event_id gtd_id uuid guid objectid object_id record_id id",
    "title": "title headline event_title event_name name_of_event eventname incident_name case_name caption heading"
    " subject source_headline conflict_name incident event case meeting summit what titulo titre titel evento"
    " überschrift anlass betreff 件名 タイトル",
    "kind": "event_type eventtype type_of_event sub_event_type incident_type type_of_incident attacktype1_txt"
    " attack_type disorder_type category type kind crime_type offense disaster_type event_category",
    "summary": "summary description details detail narrative abstract synopsis event_description desc purpose"
    " descripcion beschreibung remarks remark notes text what_happened content memo 説明 備考",
    "who": "who actor1name visitor guest guests traveller traveler leader head_of_state person people"
    " participants attendees dignitary delegation official minister president secretary speaker visitors"
    " leaders officials actor actor1 side_a gname perpetrator perpetrators ship vessel"
    " visitante persona personne 人物 氏名",
    "who2": "actor2name actor2 side_b",
    "place": "place action_geo_full_name where_coordinates areas_visited cities_visited places_visited locale locality"
    " city town village municipality place_name placename location location_name loc city_name site venue"
    " destination settlement where toponym base port station airport ciudad lugar ort stadt ville lieu"
    " localidad 場所 都市 市",
    "place1": "county district admin2 adm_2 admin_2 adm2 county_name",
    "place2": "state province admin1 adm_1 admin_1 adm1 provstate state_province state_name province_name governorate"
    " oblast prefecture department state_or_province us_state provincia estado bundesland 都道府県 県",
    "place3": "country country_name country_txt nation country_territory country_or_territory countryname host_country"
    " country_visited destination_country pais land pays país 国",
    "latitude": "geometry_latitude action_geo_lat latitude lat decimallatitude latitude_dd lat_dd point_y gps_lat"
    " y_coord latitud 緯度 breitengrad y",
    "longitude": "geometry_longitude action_geo_long longitude lon lng long decimallongitude longitude_dd lon_dd lng_dd"
    " point_x gps_lon gps_lng gps_long x_coord longitud 経度 längengrad x",
    "point": "geometry coordinates coords coordinate lat_lng latlng lat_long latlong lat_lon latlon geom wkt geom_wkt"
    " geo geopoint geo_point gps gps_coordinates position point location_coordinates the_geom",
    "when": "when start_date date_start startdate datestart event_date eventdate incident_date date_of_event"
    " date_of_incident visit_date date_of_visit occurred_at occurred date_occurred occurrence_date begin_date"
    " date_begin date_from from_date first_day arrival arrival_date arrived date_of_arrival start begin begins"
    " date dates datetime date_time day_date event_start start_time sqldate period occurred_on fecha datum"
    " jour fecha_inicio dag giorno data date_of_attack attack_date from 日付 年月日 日時 timestamp time",
    "until": "until end_date date_end enddate dateend date_to to_date last_day finish_date end ends departure"
    " departure_date departed date_of_departure event_end end_time finish fecha_fin to",
    "year": "year iyear yr event_year año jahr annee ano 年",
    "month": "month imonth mon mo event_month mes monat mois 月",
    "day": "day iday dd event_day dia tag jour day_of_month 日",
    "time": "time time_of_day event_time incident_time hour hora uhrzeit heure local_time time_local 時刻",
    "status": "status event_status",
    "reported": "reported reported_on date_reported report_date reported_date published published_at publish_date"
    " publication_date date_published source_date pubdate",
    "source": "source sources source_name publisher outlet source_office source_article reported_by newspaper quelle"
    " fuente scite1 出典",
    "url": "url link source_url href web_link website source_link news_url sourceurl article_url",
    "note": "note notes comment comments remark remarks fatalities deaths killed nkill injured nwound wounded"
    " total_victims casualties best bemerkung nota notas",
}
FIELDS = tuple(NAMES)
_ORDER = {field: {fold(name): place for place, name in enumerate(names.split())} for field, names in NAMES.items()}
_LONGEST = 100
# "Region of incident" is no title, though "incident" may be one.
_WHOLE_ONLY = frozenset({"event", "title", "kind", "status"})
_TAIL = re.compile(r"\s*[(\[][^)\]]*[)\]]\s*$")


@lru_cache(maxsize=10_000)
def plain(header: str) -> str:
    """The header as one word for comparing: "startDate (UTC)" gives "start_date"."""
    text = _TAIL.sub("", clean(header)) or clean(header)
    text = re.sub(r"([a-z])([A-Z])", r"\1_\2", text) if not text.isupper() else text
    return re.sub(r"[\W_]+", "_", fold(text)).strip("_")


@lru_cache(maxsize=10_000)
def fits(header: str) -> dict[str, float]:
    """Field -> how well the header fits it, from 0 to 1; only those that it fits at all.

    A whole name counts 1 for the most telling and less down the list; a name within a longer header counts half.
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
    if numbered and numbered[1] in _ORDER["who"]:
        found.setdefault("who" if numbered[2] == "1" else "who2", 0.7)
    if found or not name:
        return found
    words = name.split("_")
    for field, order in _ORDER.items():
        if field in _WHOLE_ONLY:
            continue
        parts = [order[word] for word in words if word in order and (len(word) > 3 or word in ("lat", "lon", "lng"))]
        if parts and len(words) <= 4:
            found[field] = 0.4 - 0.2 * min(parts) / len(order)
    return found


def is_known(header: str) -> bool:
    """Whether the header is one of the names above, as a whole."""
    return any(score >= 0.5 for score in fits(header).values())


def own_name(header: str) -> str:
    """The column of reports.csv that the header names outright; "" for none."""
    name = re.sub(r"[\s_-]+", "_", clean(header).lower())
    name = {"lat": "latitude", "lon": "longitude", "lng": "longitude", "long": "longitude", "event_id": "event"}.get(
        name, name
    )
    return name if name in COLUMNS else ""
