"""What a story is made of: reports, events, travel, problems and revisions, as values.

Other rooms import the values from here; dates, columns and metadata have modules of their own.
"""

from story.model.values import (
    STATUSES,
    DateSpan,
    Event,
    Flag,
    Itinerary,
    Leg,
    Mention,
    Precision,
    Problem,
    Report,
    Revision,
    Status,
    Stop,
    Story,
)

__all__ = [
    "STATUSES",
    "DateSpan",
    "Event",
    "Flag",
    "Itinerary",
    "Leg",
    "Mention",
    "Precision",
    "Problem",
    "Report",
    "Revision",
    "Status",
    "Stop",
    "Story",
]
