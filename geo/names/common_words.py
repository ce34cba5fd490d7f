"""Ordinary words that are also names of towns. Alone they are no place; with a qualifier they may be one."""

from __future__ import annotations

from geo.normalise import key

_ALWAYS = """
january february march april may june july august september october november december
monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun
spring summer autumn fall winter christmas easter ramadan thanksgiving
president vice minister ministry secretary chairman chairwoman chairperson judge mayor governor king queen prince
princess pope general admiral colonel major captain sergeant lieutenant doctor professor director manager officer
senator congressman ambassador chancellor spokesman spokeswoman sheriff commissioner
police army navy marines marine guard senate congress parliament cabinet government house court state department
council committee commission church university college school hospital party union league bank agency office bureau
institute center centre foundation association company corporation industry market exchange airport station
press news times post herald gazette tribune journal
democrat democrats democratic republican republicans labour labor conservative conservatives liberal liberals green
greens socialist socialists communist communists constitution economy democracy republic federation revolution
federal national world earth globe country nation
election elections law act treaty reform war peace unity freedom independence hope liberty justice security
nato hamas hezbollah taliban isis opec asean interpol unicef unesco fifa uefa
muslim muslims christian christians jew jews jewish catholic catholics protestant protestants islam islamic hindu
reading deal battle god man men woman women mother father son brother sister people family
east west north south central eastern western northern southern
he she it they we you i me us them his her my your our who what when where why how this that these those
yes no not and or but if the a an in on at of to for from by with as is are was were be has have had will would can
one two three four five six seven eight nine ten hundred thousand million billion first second third last next
ok hi today tomorrow yesterday morning afternoon evening night day days week weeks month months year years
"""
# Only in small letters: "Nice" and "Mobile" are cities, "nice" and "mobile" are not.
_IN_SMALL_LETTERS = """
nice mobile bath hull ware wells sandwich rugby turkey china male split cork chile
orange lead rock sale street bury barking best boring normal price victory
"""
_PLAIN = frozenset(_ALWAYS.split())
_SMALL = frozenset(_IN_SMALL_LETTERS.split())


def is_plain_word(toponym: str) -> bool:
    """Whether a toponym, alone, reads as an ordinary word. Two capitals ("US") do not."""
    if " " in toponym and toponym[:4].lower() != "the ":
        return False
    word = key(toponym)
    if len(word) == 2 and toponym[-2:].isupper():
        return False
    return word in _PLAIN or (toponym.islower() and word in _SMALL)
