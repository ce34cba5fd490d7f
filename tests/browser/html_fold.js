// What the scripts of the HTML file say of a story, in the form in which test_html_fold.py has it from Python.

function readWanted(asked) {
  return { ...asked, status: new Set(asked.status), who: new Set(asked.who), sure: new Set(asked.sure) };
}

const round = (number) => Math.round(number * 1e6) / 1e6;

function sayTravel({ person, trips, legs, flags }, filtered) {
  const stops = trips.map(({ number, why, stops: some, joins }) => [number, why, some.map(({ state }) => state.id), joins]);
  const between = trips.flatMap((trip) => trip.stops.slice(1).map((stop, at) => [trip.stops[at].number, silenceBetween(trip.stops[at], stop)]));
  return {
    who: person.name,
    trips: stops,
    legs: legs.map(({ start, end, travelled, words, why }) => [start.state.id, end.state.id, travelled, filtered ? "" : words, why]),
    flags: filtered ? [] : [...flags].sort(),
    nights: Object.fromEntries(trips.flatMap((trip) => [...nightsOf(trip)])),
    silent: Object.fromEntries(between.filter(([, some]) => some)),
  };
}

function inTheFile([raw, asked, filtered]) {
  const story = readStory(raw), known = knownOn(story, asked.day);
  const { events, possible } = select(story, known, readWanted(asked));
  const travel = itineraries(story, events, known, asked.day);
  const axis = makeAxis(known, [asked.day]);
  const { places } = mapShapes(story, events, travel, possible);
  const meetings = meetingsOf(story, events);
  return {
    known: known.map(({ id }) => id),
    events: events.map(({ id }) => id),
    possible: events.filter((state) => possible.has(state)).map(({ id }) => id),
    sure: events.map(({ level }) => story.levels[level]),
    places: Object.fromEntries(places.map(({ id, count }) => [id, count])),
    travel: travel.map((one) => sayTravel(one, filtered)).sort((a, b) => (a.who < b.who ? -1 : 1)),
    meetings: meetings.map(({ who, place, first, last, status, met }) => [who.map(({ name }) => name).sort(), place.id, first, last, status, met]),
    axis: axis && {
      knots: axis.knots.map(([day, at]) => [day, round(at)]),
      ticks: ticksOf(axis).map(([at, words]) => [round(at), words]),
    },
  };
}

function played([raw, asked]) {
  const story = readStory(raw), wanted = readWanted(asked), known = knownOn(story, asked.day);
  const { events } = select(story, known, wanted);
  return playData(story, wanted, asked.day, events, itineraries(story, events, known, asked.day));
}
