// What the map plays of a filter, in the form that moments.js reads: as story/drawing/play.py writes it for the page.

const MOST_KNOWN = 60000;

/** `wanted` is the filter, `day` the as-of day, `left` what it leaves then, and `travel` the itineraries of that. */
function playData(story, wanted, day, left, travel) {
  const histories = new Map(story.events.filter(({ states }) => states[0].since <= day).map((event) => [event, historyOf(event, day)]));
  const shown = new Set(select(story, [...histories.values()].flat().filter((state) => state.shown), wanted).events);
  const hasDay = ({ span }) => span.first || span.last < OPEN_END;
  const timed = left.filter(hasDay).map(({ event }) => event);
  const others = [...histories].filter(([, states]) => states.some((state) => shown.has(state))).map(([event]) => event);
  const events = [...new Set([...timed, ...others])], number = new Map(events.map((event, place) => [event, place]));
  const days = story.days.filter((one) => one <= day);
  const row = (state, before) => [
    state.since, story.statuses.indexOf(state.status), state.place ? state.place.number : -1, state.span.first,
    state.span.last < OPEN_END ? state.span.last : 0, state.title === before ? "" : state.title, state.span.words, Number(shown.has(state)),
  ];
  return {
    timed: timed.length,
    undated: left.length - timed.length,
    events: events.map((event) => {
      const states = histories.get(event);
      return [event.id, states.at(-1).who.map((person) => story.people.indexOf(person)), states.map((state, i) => row(state, states[i - 1]?.title ?? ""))];
    }),
    legs: travel.flatMap(({ person, legs }) => legs.map(({ start, end, travelled, points }) => (
      [story.people.indexOf(person), number.get(start.state.event), number.get(end.state.event), Number(travelled), points]
    ))),
    days: days.map((one) => [one, sayDay(one, story.year)]),
    known: story.events.length * days.length <= MOST_KNOWN ? knownLegs(story, days, shown, number, travel.length || 100) : null,
    places: story.places.map(({ id, name, latitude, longitude }) => [id, name, latitude, longitude]),
    who: story.people.map(({ name, colour }) => [name, colour]),
  };
}

/** The states of an event up to a day, less those that change nothing since a later report was known before. */
function historyOf(event, day) {
  let last = -1;
  return event.states.filter((state) => {
    if (state.since > day || state.at <= last) return false;
    last = state.at;
    return true;
  });
}

/** The legs as they were known on each day: [who, start, end, from, to, travelled, points, first day, day from which on not]. */
function knownLegs(story, days, shown, number, most) {
  const still = new Map(), over = [];
  for (const day of days) {
    const known = knownOn(story, day);
    const now = new Map();
    for (const { person, legs } of itineraries(story, known.filter((state) => shown.has(state)), known, day, most)) {
      for (const { start, end, travelled, points } of legs) {
        const [from, to] = [start.state, end.state];
        const row = [story.people.indexOf(person), number.get(from.event), number.get(to.event), from.place.number, to.place.number, Number(travelled), points];
        now.set(row.slice(0, 6).join(" "), row);
      }
    }
    for (const [key, row] of still) {
      if (now.has(key)) continue;
      still.delete(key);
      over.push([...row, day]);
    }
    for (const [key, row] of now) if (!still.has(key)) still.set(key, [...row, day]);
  }
  return [...over, ...[...still.values()].map((row) => [...row, 0])].sort((a, b) => a[7] - b[7]);
}
