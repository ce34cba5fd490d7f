"""The names of months in the languages that tables are most often kept in."""

from __future__ import annotations

from geo.normalise import fold

_NAMES = (
    "january jan enero janvier janv januar jänner gennaio gen januari janeiro janua",
    "february feb febrero février fevr févr fev februar febbraio februari fevereiro",
    "march mar marzo mars märz mrz maart março mär",
    "april apr abril avril avr aprile abr",
    "may mai mayo maggio mag mei maio",
    "june jun junio juin juni giugno giu junho",
    "july jul julio juillet juil juli luglio lug julho",
    "august aug agosto août aout ago augustus",
    "september sep sept septiembre septembre settembre set setembro",
    "october oct okt octubre octobre oktober ottobre ott outubro out",
    "november nov noviembre novembre novembro",
    "december dec dez dic diciembre décembre dezember dicembre dezembro déc",
)
MONTHS = {fold(name): number for number, names in enumerate(_NAMES, 1) for name in names.split()}
