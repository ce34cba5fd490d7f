"""Ordinary words that are also names of towns. Alone they are no place; with a qualifier they may be one."""

from __future__ import annotations

_TEXT = """
    january february march april may june july august september october november december
    monday tuesday wednesday thursday friday saturday sunday
    spring summer autumn fall winter christmas easter ramadan
    police army navy senate congress parliament government house court state president minister ministry
    king queen prince general secretary chairman judge mayor governor council church university college school
    hospital party union league bank press news times post war peace unity freedom hope liberty
    reading mobile nice police bath deal battle rugby sandwich hull ware wells
    east west north south central eastern western northern southern centre center
    god man men woman women mother father son brother sister people
    he she it they we you i me us them his her my your our who what when where why how this that these those
    yes no not and or but if the a an in on at of to for from by with as is are was were be
    one two three four five six seven eight nine ten first second third
    today tomorrow yesterday morning evening night day week month year
"""
_WORDS = frozenset(_TEXT.split())


def is_plain_word(toponym: str) -> bool:
    return toponym.casefold() in _WORDS
