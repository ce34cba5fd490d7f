"""Events as files for other tools and for paper: one format a module."""

from story.export.formats import EXPORTS, MIMES, export_geojson
from story.export.table import export_csv

__all__ = ["EXPORTS", "MIMES", "export_csv", "export_geojson"]
