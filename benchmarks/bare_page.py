"""What the page is held against: a plain streamlit-folium page, run by Streamlit as a script.

    BARE_CDN=http://127.0.0.1:PORT [BARE_STORY=reports.csv BARE_DAYS=FIRST..LAST] streamlit run benchmarks/bare_page.py

Without a story it shows six markers and the point of the one that was clicked. With one it makes a `folium.Marker` for
each of its rows in the days BARE_DAYS, and a button brings in all the others. Folium's scripts and styles are asked of
BARE_CDN instead of the four networks that folium names.
"""

from __future__ import annotations

import csv
import os
from pathlib import Path

import folium
import streamlit as st
from streamlit_folium import st_folium

SIX = (
    ("Tokyo", 35.69, 139.69),
    ("Delhi", 28.65, 77.23),
    ("Nairobi", -1.28, 36.82),
    ("London", 51.51, -0.13),
    ("Brasília", -15.78, -47.93),
    ("Washington", 38.9, -77.04),
)
CDN = os.environ["BARE_CDN"]

folium.Map.default_js = [(name, f"{CDN}/{url.rpartition('/')[2]}") for name, url in folium.Map.default_js]
folium.Map.default_css = [(name, f"{CDN}/{url.rpartition('/')[2]}") for name, url in folium.Map.default_css]


@st.cache_data
def rows(path: str) -> list[dict[str, str]]:
    with Path(path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def six_markers() -> None:
    world = folium.Map((20, 30), zoom_start=2)
    for name, latitude, longitude in SIX:
        folium.Marker((latitude, longitude), tooltip=name).add_to(world)
    answer = st_folium(world, key="map", height=540, use_container_width=True, returned_objects=["last_object_clicked"])
    if point := answer.get("last_object_clicked"):
        with st.container(key="clicked"):
            st.write(f"{point['lat']:.2f}, {point['lng']:.2f}")


def marker_an_event(path: str) -> None:
    shown = rows(path)
    if not st.button("All"):
        first, last = os.environ["BARE_DAYS"].split("..")
        shown = [row for row in shown if first <= row["when"][:10] <= last]
    world = folium.Map((20, 0), zoom_start=2)
    for row in shown:
        folium.Marker((float(row["latitude"]), float(row["longitude"])), tooltip=row["place"]).add_to(world)
    st.write(f"{len(shown)} shown")
    st_folium(world, key="map", height=540, use_container_width=True, returned_objects=[])


st.set_page_config(layout="wide")
if story := os.environ.get("BARE_STORY"):
    marker_an_event(story)
else:
    six_markers()
