"""The verbs and nouns that say that somebody was or will be somewhere, or that something happens there.

A verb stands here with the kind of happening that it tells and with what it asks of its object; its forms follow from
it. A table that can be read replaces a lemmatizer, which would take as long as all the rest.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from spacy.tokens import Token

Kind = Literal[
    "travel", "leave", "meet", "appear", "attack", "harm", "disaster", "protest", "court", "sport", "council", "act",
    "be", "other", "say",
]  # fmt: skip

_VERBS: dict[Kind, str] = {
    "travel": "visit travel arrive land return go fly sail head come tour cross enter reach dock berth moor"
    " anchor deploy transit drive move stop call:at cruise relocate transfer redeploy converge"
    " evacuate:to stay rejoin divert head:for disembark ride journey transport continue:to proceed:to",
    "leave": "leave depart embark flee exit withdraw set:out set:off put:out take:off evacuate sail:from pull:out",
    "meet": "meet talk host attend convene gather greet welcome receive negotiate confer join assemble hold"
    " sit:down chair co-chair lunch dine mediate",
    "appear": "speak address inspect review open inaugurate unveil launch perform campaign sign lay"
    " celebrate commemorate observe present brief preach pray sing honor honour present testify"
    " stop:by pose",
    "attack": "attack bomb shell shoot strike:at fire invade capture seize raid storm ambush clash"
    " intercept shell target kidnap abduct stab detonate",
    "harm": "kill wound injure die drown trap displace rescue hospitalize hospitalise",
    "disaster": "hit strike explode erupt crash collapse sink capsize derail burn flood destroy damage"
    " shake sweep slam plunge rock ravage topple rupture batter lash collide leak spill overturn"
    " devastate spread run:aground break:out bury engulf inundate swamp wash:away uproot cut:off",
    "protest": "protest rally march demonstrate picket block occupy riot walk:out strike boycott chant",
    "court": "plead sentence convict charge appear release indict acquit jail extradite arraign fine arrest"
    " detain rule imprison deport testify",
    "sport": "play beat defeat face draw win lose compete race finish kick:off score tie clinch qualify"
    " tour take:on train practise practice",
    "council": "vote approve reject adopt pass elect debate endorse veto ratify",
    "act": "open close build begin start test conduct stage break:ground demolish install dedicate relocate"
    " hand:over exercise patrol drill take:place happen occur unload load board anchor moor lead",
    "be": "be",
    "other": "",
    "say": "say tell announce confirm report state declare warn add claim note write tweet post acknowledge"
    " insist reveal disclose explain deny comment stress suggest believe think estimate argue vow"
    " pledge promise quote show indicate hear find",
}

_NOUNS: dict[Kind, str] = {
    "travel": "visit trip tour stop stopover journey voyage deployment transit arrival return pilgrimage layover"
    " call:at",
    "leave": "departure withdrawal evacuation",
    "meet": "meeting meetup talks summit conference forum convention negotiations gathering dinner lunch"
    " reception session dialogue symposium congress workshop roundtable assembly consultations"
    " retreat town-hall",
    "appear": "speech address ceremony concert performance parade festival inauguration opening launch"
    " wedding funeral memorial vigil exhibition fair inspection briefing appearance lecture"
    " service premiere mass screening reading fundraiser picnic celebration",
    "attack": "attack raid bombing shelling strike airstrike ambush assault offensive shooting clash"
    " massacre stabbing shootout battle",
    "disaster": "earthquake quake eruption fire wildfire flood flooding storm hurricane typhoon cyclone"
    " tornado landslide mudslide avalanche explosion blast crash collision derailment collapse"
    " tsunami blaze tremor aftershock heatwave drought outbreak spill",
    "protest": "protest rally march demonstration walkout stoppage strike riot sit-in picket blockade",
    "court": "trial hearing sentencing arraignment verdict arrest ruling inquest",
    "sport": "match game final semifinal semi-final quarterfinal race tournament championship marathon"
    " derby playoff friendly Olympics test series Grand-Prix kickoff bout",
    "council": "vote election referendum ballot by-election runoff primary",
    "act": "exercise drill exercises patrol groundbreaking test mission construction",
}

OCCASIONS = frozenset(
    "conference briefing interview rally speech forum hearing ceremony address meeting summit event debate"
    " lecture conference visit appearance stop".split()
)
"""What one says something at: to speak at a place on a day is to be there."""

LIGHT = frozenset(
    "make hold pay take have begin start be occur happen stage conduct open schedule plan set cancel"
    " postpone end give attend announce delay arrange prepare organize organise expect call undertake launch"
    " finish complete follow host delay scrap suspend abandon shelve scratch reschedule propose resume continue proceed"
    " conclude culminate wrap drop run deliver move".split()
)
"""Verbs that say of a happening only that it is, or is not, and when."""

CANCELLING = frozenset(
    "cancel postpone scrap shelve scratch abandon suspend delay reschedule drop abort axe nix".split()
)
_OFF = {"call": "off", "put": "off", "rain": "off", "rule": "out", "give": "up", "fall": "through"}
CLAIMS = frozenset(
    "accusation accusations allegation allegations report reports claim claims rumor rumors rumour rumours charge"
    " charges suggestion suggestions".split()
)
"""What is denied or rejected when somebody says that something is not so."""
PLANNING: dict[str, str] = {
    "schedule": "scheduled", "set": "scheduled", "due": "scheduled", "slate": "scheduled", "agree": "scheduled",
    "arrange": "scheduled", "announce": "scheduled", "book": "scheduled", "confirm": "scheduled", "fix": "scheduled",
    "expect": "expected", "plan": "expected", "intend": "expected", "prepare": "expected", "promise": "expected",
    "vow": "expected", "pledge": "expected", "decide": "expected", "likely": "expected", "aim": "expected",
    "suppose": "expected", "ready": "expected", "forecast": "expected", "predict": "expected",
    "agreed": "expected", "underway": "expected", "anticipate": "expected",
    "want": "possible", "hope": "expected", "consider": "possible", "discuss": "possible", "weigh": "possible",
    "propose": "possible", "seek": "possible", "mull": "possible", "threaten": "possible", "ask": "possible",
    "invite": "possible", "urge": "possible", "call": "possible", "possible": "possible", "unlikely": "possible",
    "offer": "possible", "try": "possible", "need": "possible", "wish": "possible", "like": "possible",
    "willing": "possible", "request": "possible", "demand": "possible", "rumor": "possible", "explore": "possible",
    "contemplate": "possible", "eye": "possible", "suggest": "possible", "encourage": "possible",
}  # fmt: skip
"""What the word that governs a verb says of it: "is scheduled to", "plans to", "hopes to", "is likely to"."""

CAUSING = frozenset(
    {
        "order",
        "force",
        "tell",
        "allow",
        "instruct",
        "send",
        "help",
        "begin",
        "start",
        "continue",
        "go",
        "manage",
        "spend",
    }
)
"""Verbs that only bring about what another one says: "were ordered to leave"."""

MODALS: dict[str, str] = {
    "will": "scheduled", "'ll": "scheduled", "’ll": "scheduled", "wo": "scheduled", "shall": "scheduled",
    "would": "expected", "should": "expected", "'d": "expected", "’d": "expected",
    "may": "possible", "might": "possible", "could": "possible", "must": "expected",
}  # fmt: skip

_IRREGULAR: dict[str, str] = {
    "went": "go", "gone": "go", "flew": "fly", "flown": "fly", "came": "come", "left": "leave", "met": "meet",
    "held": "hold", "spoke": "speak", "spoken": "speak", "drove": "drive", "driven": "drive", "fled": "flee",
    "saw": "see", "seen": "see", "sat": "sit", "sang": "sing", "sung": "sing", "laid": "lay", "led": "lead",
    "shot": "shoot", "hit": "hit", "struck": "strike", "stricken": "strike", "sank": "sink", "sunk": "sink",
    "burnt": "burn", "shook": "shake", "shaken": "shake", "swept": "sweep", "broke": "break", "broken": "break",
    "beat": "beat", "beaten": "beat", "drew": "draw", "drawn": "draw", "won": "win", "lost": "lose", "built": "build",
    "began": "begin", "begun": "begin", "took": "take", "taken": "take", "made": "make", "gave": "give",
    "given": "give",
    "paid": "pay", "set": "set", "said": "say", "told": "tell", "wrote": "write", "written": "write", "was": "be",
    "were": "be", "been": "be", "is": "be", "are": "be", "had": "have", "has": "have", "rode": "ride", "ridden": "ride",
    "thought": "think", "sought": "seek", "lay": "lay", "withdrew": "withdraw", "withdrawn": "withdraw",
    "overturned": "overturn", "pled": "plead", "understood": "understand", "undertook": "undertake", "lain": "lie",
    "spilt": "spill", "spent": "spend",
    "spread": "spread", "put": "put", "kept": "keep", "quit": "quit", "cost": "cost", "known": "know",
    "grew": "grow", "grown": "grow", "rose": "rise", "risen": "rise", "fell": "fall", "fallen": "fall", "felt": "feel",
    "knew": "know", "got": "get", "became": "become", "meant": "mean", "bore": "bear", "born": "bear", "owned": "own",
    "lived": "live", "worked": "work", "am": "be", "ran": "run", "stood": "stand",
    "be": "be", "being": "be", "dying": "die", "having": "have", "shown": "show", "brought": "bring",
}  # fmt: skip
_DOUBLED = frozenset(
    "stop plan set hit win begin run put sit stab refer ship drop nab rip trap kidnap transfer omit commit"
    " cancel travel scrap deter fit let forget quit get shut cut map tap strip rob".split()
)


@dataclass(frozen=True, slots=True)
class Word:
    """A verb or noun of the table: its plain form, what it tells, and the particle that it needs ("walk out")."""

    lemma: str
    kind: Kind
    particle: str = ""


def _table(words: dict[Kind, str]) -> dict[str, tuple[Word, ...]]:
    found: dict[str, list[Word]] = {}
    for kind, text in words.items():
        for item in text.split():
            lemma, _, particle = item.partition(":")
            found.setdefault(lemma, []).append(Word(lemma, kind, particle))
    return {lemma: tuple(sorted(words, key=lambda word: not word.particle)) for lemma, words in found.items()}


VERBS = _table(_VERBS)
NOUNS = {noun.replace("-", " ") if noun.istitle() else noun: words for noun, words in _table(_NOUNS).items()}


def forms(lemma: str) -> tuple[str, str, str, str]:
    """The third person, the past, the participle in -ing and the plain form of a regular verb."""
    if lemma.endswith(("s", "x", "z", "ch", "sh", "o")):
        third = lemma + "es"
    elif lemma.endswith("y") and lemma[-2] not in "aeiou":
        third = lemma[:-1] + "ies"
    else:
        third = lemma + "s"
    stem = lemma + lemma[-1] if lemma in _DOUBLED else lemma
    if lemma.endswith("e"):
        past, going = lemma + "d", lemma[:-1] + "ing" if not lemma.endswith(("ee", "ye", "oe")) else lemma + "ing"
    elif lemma.endswith("y") and lemma[-2] not in "aeiou":
        past, going = lemma[:-1] + "ied", lemma + "ing"
    else:
        past, going = stem + "ed", stem + "ing"
    return third, past, going, lemma


_THIRD = {"be": "is", "have": "has", "do": "does", "go": "goes"}


def third_person(lemma: str) -> str:
    """The verb as in "she visits"."""
    return _THIRD.get(lemma) or forms(lemma)[0]


def _lemmas() -> dict[str, str]:
    known = {*VERBS, *CAUSING, *LIGHT, *PLANNING, *CANCELLING, *_OFF}
    table = {form: lemma for lemma in known for form in forms(lemma)}
    # "cancelled" beside "canceled", "travelled" beside "traveled".
    table |= {f"{lemma}l{ending}": lemma for lemma in ("cancel", "travel", "shovel") for ending in ("ed", "ing")}
    table |= {f"{lemma}{ending}": lemma for lemma in ("cancel", "travel") for ending in ("ed", "ing")}
    return {**table, **_IRREGULAR}


_LEMMA_OF = _lemmas()


def cancels(form: str, particles: Collection[str]) -> bool:
    """Whether a verb with these particles says that something is not to be: "scrapped", "called off"."""
    lemma = lemma_of(form)
    return lemma in CANCELLING or _OFF.get(lemma, "-") in particles


def lemma_of(form: str) -> str:
    """The plain form of a verb that the tables know; any other is given back in small letters."""
    small = form.lower()
    return _LEMMA_OF.get(small, small)


def is_saying(token: Token) -> bool:
    """Whether a word is a verb of saying: "said", "announced"."""
    return token.tag_.startswith("VB") and any(word.kind == "say" for word in VERBS.get(lemma_of(token.text), ()))


def plain_form(form: str) -> str:
    """The plain form of any verb in the third person: "watches", "carries", "leads"."""
    small = form.lower()
    if small in _LEMMA_OF or not small.endswith("s"):
        return lemma_of(small)
    if small.endswith("ies"):
        return small[:-3] + "y"
    return small[:-2] if small.endswith(("ches", "shes", "sses", "xes", "zes", "oes")) else small[:-1]


def noun_of(form: str) -> tuple[Word, ...]:
    """What a noun tells, in the singular or the plural; empty where the table has none."""
    small = form.lower()
    for candidate in (small, small.removesuffix("s"), small.removesuffix("es"), small.removesuffix("ies") + "y"):
        if candidate in NOUNS:
            return NOUNS[candidate]
    return ()
