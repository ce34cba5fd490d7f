"""The times that an English news text names, each with TIMEX3 type and value and, where it is in a calendar, EDTF.

A text becomes words, each with the kind of thing that it can be (`tokens`, by the tables of `words`); the rules of each
family of expressions find theirs in the string of kinds (`grammar`) and say what they mean, by the tense of the clause
and what was told before (`tense`, `anchoring`). One family a module: `absolute`, `periods`, `feasts`, `days`,
`relative`, `clock`, `durations`, `references`. `reading` puts them together.
"""

from story.reading.timexes.histories import is_history
from story.reading.timexes.publishing import published_in
from story.reading.timexes.reading import find_timexes

__all__ = ["find_timexes", "is_history", "published_in"]
