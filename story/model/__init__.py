"""What a story is made of: reports, events, travel, problems and revisions, as values.

Other rooms import the values from here; dates, columns and metadata have modules of their own.
"""

from story.model.values import (
    ROLES,
    STATUSES,
    DateSpan,
    Event,
    Flag,
    Itinerary,
    Leg,
    Mention,
    Mode,
    Precision,
    Problem,
    Report,
    Revision,
    Role,
    Status,
    Stop,
    Story,
    Travellers,
    Trip,
)

__all__ = [
    "ROLES",
    "STATUSES",
    "DateSpan",
    "Event",
    "Flag",
    "Itinerary",
    "Leg",
    "Mention",
    "Mode",
    "Precision",
    "Problem",
    "Report",
    "Revision",
    "Role",
    "Status",
    "Stop",
    "Story",
    "Travellers",
    "Trip",
]
