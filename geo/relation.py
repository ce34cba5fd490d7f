"""How a name came to stand for a place; all but the first cost something (geo.names.ranking).

Where two tables disagree the lower one holds. A part answers to a state's name only as what contains a place: Kyiv is
in the U.S.S.R., which by itself is Russia.
"""

NAME, ALIAS, ABBREVIATION, DEMONYM, OLD, ALTERNATE, STRAY, PART = range(8)

WORDS = (
    "its own name",
    "a short name",
    "an abbreviation",
    "a demonym",
    "an older name",
    "another name",
    "a rarer name",
    "the whole of which it is a part",
)
"""What each of them is called in a trace."""
