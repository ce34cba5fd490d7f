// What stands under the timeline: itineraries, the table of events, and the sources.

const MOST_ITINERARIES = 12, MOST_STOPS = 40, MOST_FLAGS = 3, MOST_MEETINGS = 12, MOST_REASONS = 12, PAGE = 50;
const SAID_SURE = { corroborated: "corroborated", "single-source": "single source", contested: "contested", denied: "denied", unsourced: "no source" };
const HOW_TRIPS = "Two stops are one trip where the story gives reason: a few days between them (more the further apart they are, and for ships), one source that told of both in advance, the words of a report, or a home base. Otherwise they are two, and no line is drawn between them. Distances are great circles, of vessels by water; hours are rough.";

/** One event in a list: title, when, status in words, place unless it goes without saying, and source. */
function eventItem({ story, possible, linkTo }, state, place = true) {
  const pale = possible.has(state);
  return make("li", `event${pale ? " pale" : ""}`,
    pickLink(state, linkTo, "event-title"),
    make("p", "", `${state.span.words} · `, make("b", "", state.status), pale ? " · possibly in this range" : ""),
    make("p", "", place && state.where, !state.place && make("span", "flag", place ? " not on the map" : "not on the map"),
      state.source && `${place || !state.place ? " · " : ""}${state.source}`, " · ", make("span", "sure", SAID_SURE[story.levels[state.level]])));
}

function eventsTable(given, page, size = PAGE) {
  const { events, possible, isDated } = given;
  if (!events.length) return make("p", "empty", given.total ? `None of the ${sayCount(given.total, "event")} match these filters.` : "No events to show.");
  const groups = isDated ? [["Certainly", events.filter((state) => !possible.has(state))], ["Possibly", events.filter((state) => possible.has(state))]] : [["", events]];
  let skip = (page - 1) * size, room = size;
  const rows = groups.flatMap(([words, all]) => {
    const some = all.slice(skip, skip + room);
    skip = Math.max(0, skip - all.length);
    room -= some.length;
    if (!some.length) return [];
    const heading = words && make("tr", "group", make("th", { scope: "colgroup", colspan: 6 }, `${words} in this range (${thousands(all.length)})`));
    return [heading, ...some.map((state) => eventRow(given, state))];
  });
  const head = ["Event", "When", "Status", "Where", "Who", "Source"].map((name) => make("th", { scope: "col" }, name));
  return make("table", "events-table", make("thead", "", make("tr", "", head)), make("tbody", "", rows));
}

function eventRow({ story, possible, linkTo }, state) {
  const title = make("a", { class: "pick event-title plain", href: linkTo(state), "data-event": state.id }, state.title);
  return make("tr", possible.has(state) ? "pale" : "",
    make("td", "c-event", title), make("td", "c-when", state.span.words),
    make("td", "c-status", make("span", "nowrap", glyph(state.status), ` ${state.status}`)),
    make("td", "c-where", state.where, !state.place && make("span", "flag", " not on the map")),
    make("td", "c-who", state.who.map(({ name }) => name).join(", ")),
    make("td", "c-source", `${state.source} `, make("span", "sure", SAID_SURE[story.levels[state.level]])));
}

/** Previous and next, where the table has several pages. */
function pager(count, page, turn) {
  const pages = Math.max(1, Math.ceil(count / PAGE));
  if (pages < 2) return null;
  const button = (words, to) => make("button", { type: "button", class: "quiet", "aria-disabled": to < 1 || to > pages ? "true" : null, onclick: () => to >= 1 && to <= pages && turn(to) }, words);
  return make("div", { class: "pager", role: "group", "aria-label": "Pages of the table" }, button("◀ previous", page - 1),
    make("span", { class: "fine", role: "status" }, `page ${thousands(page)} of ${thousands(pages)}`), button("next ▶", page + 1));
}

function itineraryCards(given) {
  const { story, events, travel, going } = given;
  const parts = [];
  if (!travel.length) parts.push(make("p", "fine", "No travellers in this selection."));
  else {
    parts.push(make("div", "itineraries", travel.slice(0, MOST_ITINERARIES).map((one) => cardOf(given, one))));
    if (going > MOST_ITINERARIES) parts.push(make("p", "fine", `${sayCount(going - MOST_ITINERARIES, "more traveller")}: choose them under Who.`));
    if (!story.journeysWhole && given.day < story.latest) parts.push(make("p", "fine", "Which stops were one trip on an earlier day is not in this file: it has too many events."));
    parts.push(make("details", "trips-why rule", make("summary", "", "How trips are told apart"), make("p", "", HOW_TRIPS)));
  }
  const together = meetingsOf(story, events);
  if (together.length) parts.push(meetingsList(given, together));
  if (story.involved) parts.push(make("p", "fine", story.involved));
  return parts;
}

function cardOf(given, one) {
  const { person, trips, stops, flags } = one;
  const legs = new Map(one.legs.map((leg) => [leg.start, leg]));
  const alone = given.wanted.who.size !== 1 || !given.wanted.who.has(person.name);
  const reasons = reasonsOf(one);
  let room = MOST_STOPS;
  const parts = trips.flatMap((trip) => {
    const some = trip.stops.slice(0, Math.max(0, room));
    room -= trip.stops.length;
    if (!some.length) return [];
    const heading = trips.length > 1 && make("h4", { class: "trip", title: trip.why }, [`Trip ${trip.number}`, daysOfTrip(given.story, trip)].filter(Boolean).join(" · "));
    return [heading, stopsOf(given, trip, some, legs)];
  });
  return make("section", `card t${person.colour}`,
    make("h3", "", person.name),
    make("p", "fine", `${routeOf(trips)} `, alone && make("a", { class: "pick inline quiet", href: given.linkToPerson(person), "data-who": person.name, "aria-label": `Show alone: ${person.name}` }, "show alone")),
    reasons.length > 0 && make("details", "trips-why", make("summary", "", sayCount(trips.length, "trip")), make("ul", "", reasons.map((reason) => make("li", "", reason)))),
    flags.slice(0, MOST_FLAGS).map((words) => make("p", "flag", words)),
    flags.length > MOST_FLAGS && make("p", "flag", `and ${sayCount(flags.length - MOST_FLAGS, "more warning")}`),
    parts,
    stops.length > MOST_STOPS && make("p", "fine", sayCount(stops.length - MOST_STOPS, "more stop")));
}

function stopsOf({ story, linkTo }, trip, some, legs) {
  const nights = nightsOf(trip);
  return make("ol", "stops", some.map((stop, number) => {
    const { state } = stop, leg = legs.get(stop), next = trip.stops[number + 1], silent = next && silenceBetween(stop, next);
    const link = make("a", { class: "pick event-title plain", href: linkTo(state), "data-event": state.id }, glyph(state.status), make("span", "", make("b", "", state.where), `, ${state.span.words}`));
    const rest = [state.title, state.status, state.source, nights.has(stop.number) && sayCount(nights.get(stop.number), "night")].filter(Boolean).join(" · ");
    return make("li", "", make("span", "number", String(stop.number)), make("div", "", link, make("p", "fine", rest),
      leg && make("p", { class: `way ${leg.travelled ? "travelled" : "ahead"}`, title: leg.why }, `↓ ${leg.words}`),
      silent && make("p", "way silent", `no word ${sayRange(...silent, story.year)}`)));
  }));
}

/** The places of each trip, the way that a headline would give them. */
function routeOf(trips) {
  const shown = trips.length <= 3 ? trips : trips.slice(0, 2);
  const routes = shown.map(({ stops }) => {
    const places = stops.map(({ state }) => state.where).filter((where, at, all) => where !== all[at - 1]);
    return (places.length <= 6 ? places : [...places.slice(0, 3), "…", ...places.slice(-2)]).join(" → ");
  });
  const told = routes.filter((route, i) => route !== routes[i - 1]);
  return [...told, ...(shown === trips ? [] : ["…"])].join(" | ");
}

function daysOfTrip(story, { stops }) {
  if (stops.length === 1) return stops[0].state.span.words;
  const days = stops.flatMap(({ state: { span } }) => [span.first, span.last < OPEN_END ? span.last : 0]).filter(Boolean);
  return days.length ? sayRange(Math.min(...days), Math.max(...days), story.year) : "";
}

/** Why the trips are what they are: sentences, as far as there is room. */
function reasonsOf({ trips, legs }) {
  const said = trips.flatMap((trip) => [
    ...(trip.why ? [`Trip ${trip.number} begins with ${trip.stops[0].number}: ${trip.why}.`] : []),
    ...trip.joins.map((why, at) => `${trip.stops[at].number} and ${trip.stops[at + 1].number} are one trip: ${why}.`),
  ]);
  for (const { start, end, told } of legs) if (told) said.push(`${start.state.where} → ${end.state.where}: ${told}.`);
  const more = said.length - MOST_REASONS;
  return more <= 0 ? said : [...said.slice(0, MOST_REASONS), `And ${sayCount(more, "more reason")}.`];
}

function meetingsList({ story, linkTo }, meetings) {
  const lines = meetings.slice(0, MOST_MEETINGS).map((meeting) => make("li", "", `${sayMeeting(meeting, story.year)} `, make("span", "fine",
    meeting.states.slice(0, 4).flatMap((state, at) => [at ? ", " : "", pickLink(state, linkTo, "inline")]),
    meeting.states.length > 4 && ` and ${thousands(meeting.states.length - 4)} more`)));
  const more = meetings.length - MOST_MEETINGS;
  return make("section", "meetings", make("h3", "", "At one place at one time"), make("ul", "", lines), more > 0 && make("p", "fine", `and ${sayCount(more, "more time")}`));
}

/** Who says it: every source of the events shown, with what is known of it; then the story's own notes. */
function sourcesList({ story, events }) {
  const counts = new Map();
  for (const state of events) {
    for (const { source, day } of state.reports) {
      const said = counts.get(source) ?? counts.set(source, { count: 0, first: Infinity }).get(source);
      said.count += 1;
      if (day) said.first = Math.min(said.first, day);
    }
  }
  const about = new Map(story.sources);
  const listed = [...counts].sort(([, a], [, b]) => b.count - a.count).slice(0, PAGE).map(([source, { count, first }]) => {
    const rest = [`${sayCount(count, "report")}${first < Infinity ? `, first on ${sayDay(first, story.year)}` : ""}`, about.get(source)].filter(Boolean);
    const words = rest.flatMap((one, at) => [at ? " · " : "", outLink(one, one)]);
    return make("li", "", make("b", "", source || "source not given"), make("p", "fine", words));
  });
  const part = (heading, items) => items.length > 0 && make("section", "", make("h3", "", heading), make("ul", "plain", items));
  return make("div", "sources", part("Sources", listed),
    part("Only mentioned", story.mentions.map(([name, , why]) => make("li", "", `${name} `, make("span", "fine", why)))),
    part("Notes", story.notes.map((note) => make("li", "", note))));
}
