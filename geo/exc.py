"""What can go wrong in the geocoding layer. Each error is also the builtin a caller would expect."""

from __future__ import annotations


class GeoError(Exception):
    """Anything that the geocoding layer raises on purpose."""


class TableMissing(GeoError, FileNotFoundError):
    """A committed table of the gazetteer is not where it should be."""


class TableDamaged(GeoError, ValueError):
    """A committed table does not read as its manifest says."""


class SourceMissing(GeoError, ImportError):
    """A package that only the developer's table build needs is not installed."""


class CacheUnwritable(GeoError, OSError):
    """No folder was found in which the index can be kept."""


class BadPoint(GeoError, ValueError):
    """A latitude or longitude that is no point on Earth."""


class ServiceUnknown(GeoError, ValueError):
    """An online service that geopy does not have, or that does not take the settings given."""
