"""One selection for the whole page, kept in the session under the names the address uses, and the two kept the same.

The address rules when it changes under the page (first opening, back, forward, a pasted link), else the widgets do.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, cast
from urllib.parse import parse_qs

import streamlit as st

from view.state import dialogs
from view.state.address import PARAMETERS, Address, read
from view.state.intents import Intent, OpenStory, RenameStory, SetRange, ShowLatestDay
from view.state.page_state import page
from view.state.story_ref import StoryRef

STATE = st.session_state
MOST_LABELS = 1_000
_CHOSEN = ("story", "place", "event")
"""What of the address the part of the page can change that is drawn alone."""


def follow_address() -> None:
    """Takes over the page's address if it is not the one this session wrote last.

    Unless the reader has just used a control: the browser may not have seen the last address yet, and would undo it.
    """
    given = {name: st.query_params.get_all(name) for name in st.query_params}
    if given != page().written and page().controls in (None, _controls()):
        take(given)
        page().written = given


def _controls() -> tuple[object, ...]:
    """All that a reader can have changed since the last run."""
    ranges = [intent for intent in page().asked if isinstance(intent, SetRange)]
    return (*(repr(STATE.get(name)) for name in PARAMETERS), page().range, *ranges)


def take(parameters: Mapping[str, Sequence[str]]) -> None:
    """Sets the whole view from URL parameters; what they leave out is reset."""
    address, notices = read(parameters)
    STATE["story"] = address.story
    set_range(address.first, address.last)
    STATE["status"] = list(address.statuses)
    STATE["who"] = list(address.who)
    STATE["sure"] = list(address.sure)
    STATE["as_of"] = address.as_of
    STATE["since"] = address.since
    STATE["q"] = address.q
    STATE["field"] = list(address.fields)
    STATE["colour"], STATE["size"] = address.colour, address.size
    choose(place=address.place, event=address.event)
    page().notices = notices


def take_link() -> None:
    """A link of the page was followed: the page script hands over its address."""
    query = cast("Mapping[str, Any]", STATE["links"]).get("go")
    if isinstance(query, str):
        take(parse_qs(query.removeprefix("?")))
        # One in a dialog leads away from it.
        dialogs.close()
        if story() != page().shown:
            _leave()


def choose(*, place: str = "", event: str = "", from_map: bool = False) -> None:
    """Chooses a place or an event, or neither. The map stays where it is if the choice was made on it."""
    STATE["place"], STATE["event"], page().chosen_on_map = place, event, from_map
    # What was wrong with an address has been read by whoever goes on.
    page().notices = ()


def ask(intent: Intent) -> None:
    """Keeps what was asked for until the next run; a later one of its kind takes its place."""
    state = page()
    state.asked = (*(one for one in state.asked if type(one) is not type(intent)), intent)


def set_range(first: date | None, last: date | None) -> None:
    """Narrows the page to a range of days; None for an open end."""
    ask(SetRange(first, last))


def take_range() -> None:
    """The range was brushed on the timeline: the page script hands over its ends as ISO days, None for an open one."""
    ends = cast("Mapping[str, Any]", STATE["links"]).get("range")
    if not isinstance(ends, Sequence) or len(ends) != 2:
        return
    try:
        first, last = (date.fromisoformat(end) if end else None for end in ends)
    except (TypeError, ValueError):
        return
    set_range(first, last)


def reset_filters() -> None:
    """Back to everything the story holds as of today's choice of day."""
    set_range(None, None)
    STATE["status"], STATE["sure"], STATE["who"], STATE["q"], STATE["field"] = [], [], [], "", []


def reset_day() -> None:
    """Back to what is known by now."""
    STATE["as_of"] = None


def reset_day_later() -> None:
    """The same with the next run, since its control may stand on the page already."""
    ask(ShowLatestDay())


def open_story(story: StoryRef | None, said: str = "", *, editing: bool = False) -> None:
    """Shows another story, None for the first one, at the next run: its control may stand on the page already.

    `said` is shown with it.
    """
    ask(OpenStory(story, said, editing))


def rename_story(former: StoryRef, now: StoryRef) -> None:
    """The story that is open has another id from the next run on; what is chosen and filtered stays."""
    ask(RenameStory(former, now))


def apply_intents(renamed: StoryRef) -> None:
    """Does what was asked for since the last run. `renamed` is what the open story goes by since.

    Each is forgotten only when it is done: a run that is broken off half-way does it again.
    """
    set_story(renamed)
    state = page()
    while state.asked:
        intent = state.asked[0]
        _apply(intent)
        state.asked = tuple(one for one in state.asked if one is not intent)


def _apply(intent: Intent) -> None:
    match intent:
        case RenameStory(former, now):
            if story() == former:
                set_story(now)
        case ShowLatestDay():
            reset_day()
        case OpenStory(other, said, editing):
            set_story(other)
            change_story()
            page().editing = editing
            if said:
                notice(said)
        case SetRange(first, last):
            page().range = (first, last)


def follow_labels(labels: Mapping[StoryRef, str]) -> None:
    """The browser gives the story by its name on the list; one that has been renamed since is still the same one."""
    set_story(story())
    # Former names too: where a run was broken off, the browser goes on giving the name that it has.
    known = {**page().labels, **{name: ref for ref, name in labels.items()}}
    page().labels = dict(list(known.items())[-MOST_LABELS:])


def story() -> StoryRef:
    """The story that is open, whether the browser has given its id or a name on its list; with the id "" for none."""
    given = str(STATE.get("story") or "")
    return page().labels.get(given) or StoryRef.parse(given)


def set_story(ref: StoryRef | None) -> None:
    """Sets the list of stories, which holds them as the address does; None for the first one."""
    STATE["story"] = "" if ref is None else str(ref)


def story_chosen() -> None:
    """The list of stories was used, or only brought a former name back."""
    set_story(story())
    if story() != page().shown:
        change_story()


def shows(ref: StoryRef) -> None:
    """Notes which story this run draws, before it draws it: a run that is broken off has shown it all the same."""
    page().shown = ref


def change_story() -> None:
    """Another story: nothing of the former one's filters means anything in it."""
    reset_filters()
    STATE["as_of"] = STATE["since"] = None
    STATE["colour"] = STATE["size"] = ""
    _leave()
    choose()


def _leave() -> None:
    """Ends what was being done to the story that was open."""
    state = page()
    state.editing, state.panel, state.name, state.refusals, state.review = False, "", "", {}, 0
    dialogs.close()


def put(key: str, value: object) -> None:
    """Sets a control's value if it is another: setting it anew would undo what the reader is typing or dragging."""
    if key not in STATE or STATE[key] != value:
        STATE[key] = value


def go_on(was: object) -> bool:
    """Takes up what a tab was at whose session is gone, the server's perhaps with it; whether anything changes.

    Streamlit runs nothing when such a tab connects again, and what is done in it first reaches a session that has not
    drawn what it was done to.
    """
    former = cast("Mapping[str, Any]", was).get("session") if isinstance(was, Mapping) else None
    if former is None or former in (page().session, page().former_session):
        return False
    page().former_session = former
    said = cast("Mapping[str, Any]", was)
    if said.get("editing") and said.get("story") == STATE["story"]:
        panel = str(said.get("panel") or "")
        page().editing, page().panel = True, int(panel) if panel.isdecimal() else panel
    notice("The connection was lost and the page was reloaded. If your last change is missing, make it again.")
    return True


def notice(text: str) -> None:
    page().notices = (*page().notices, text)


def write_address(address: Address) -> None:
    """Shows `address` in the browser, so that it can be shared and gone back to."""
    wanted = address.parameters()
    if wanted != page().written:
        st.query_params.from_dict(wanted)
        page().written = wanted
    page().controls = _controls()


def surroundings() -> tuple[object, ...]:
    """What stands around the part of the page that a choice changes, and would have to be drawn anew with it."""
    filters = tuple(repr(STATE.get(name)) for name in PARAMETERS if name not in _CHOSEN)
    return (story(), filters, page().asked, page().range, page().editing, notices(), dialogs.shown())


def dates_within(first: date, last: date) -> tuple[date | None, date | None]:
    """The chosen range as filter ends: None where it reaches the end of its axis."""
    low, high = page().chosen or (first, last)
    return (None if low <= first else low), (None if high >= last else high)


def notices() -> tuple[str, ...]:
    return page().notices


def keep_known(key: str, options: Sequence[str], why: str) -> None:
    """Leaves out of a multiple choice what is no option, with a notice each."""
    plain = {option.casefold(): option for option in options}
    kept: dict[str, None] = {}
    for value in STATE.get(key) or []:
        parts = [value] if value in options else value.split(",")
        found = [part if part in options else plain.get(part.strip().casefold()) for part in parts]
        for part, option in zip(parts, found, strict=True):
            if option is None:
                notice(f"“{key}={part.strip()}” in the address was ignored: {why}.")
            else:
                kept[option] = None
    put(key, list(kept))
