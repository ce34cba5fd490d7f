// Who went where in what order: story/query/itineraries.py, put together from the pairs that the file knows. What a filter
// leaves are stops; which stops are one trip is told by all of them.

/** What was known of a pair on a day: [day, how many trips later, why]. */
function jointOn(story, before, state, day) {
  return story.journeys.joints[`${before} ${state}`]?.findLast(([since]) => since <= day);
}

/** All states of a traveller as known on a day, in the order of the journey. */
function journeyOf(person, known) {
  const states = known.filter((state) => state.status !== "cancelled" && state.who.includes(person));
  states.sort((a, b) => a.journeyOrder - b.journeyOrder);
  // Where two neighbours both give a time with its zone, they are in the order of those.
  for (let end = 1; end < states.length; end++) {
    for (let at = end; at && states[at].instant && states[at - 1].instant && states[at].instant < states[at - 1].instant; at--) {
      [states[at - 1], states[at]] = [states[at], states[at - 1]];
    }
  }
  return states;
}

/** The trip of each state: {number, why} by its number; `why` is why it follows the one before, or does not. */
function tripsOf(story, journey, day) {
  const found = new Map();
  let before = -1, trip = 0;
  for (const state of journey) {
    const [, later, why] = jointOn(story, before, state.number, day) ?? [0, 1, 0];
    trip += later;
    found.set(state.number, { trip, later, why: story.text(why) });
    before = state.number;
  }
  return found;
}

/** The way from one state to another: {words, told, points (null for a great circle)}; by way of what a filter left out. */
function wayBetween(story, person, one, other, journey) {
  const pair = (a, b) => story.journeys.pairs[`${a.number} ${b.number}${person.bySea ? " sea" : ""}`];
  const points = (number) => (number < 0 ? null : story.ways[number]);
  const known = pair(one, other);
  if (known) return { words: story.text(known[0]), told: story.text(known[2]), points: points(known[1]) };
  const between = journey.slice(journey.indexOf(one), journey.indexOf(other) + 1).filter((state) => isPlaced(state));
  const hops = between.slice(1).map((state, at) => [between[at], state]).filter(([a, b]) => a.place !== b.place).map(([a, b]) => pair(a, b));
  const at = ({ latitude, longitude }) => [latitude, longitude];
  const words = sayDistance(distanceKm(at(one.place), at(other.place)));
  if (!person.bySea || !hops.every((hop) => hop && hop[1] >= 0)) return { words, told: "", points: null };
  return { words: "", told: "", points: hops.flatMap((hop) => points(hop[1])) };
}

const isPlaced = (state) => Boolean(state.place && (state.span.first || state.span.last < OPEN_END));

/**
 * The itineraries of those who travel, those with the most stops first, `most` of them at most.
 * [{person, stops: [{state, number}], trips: [{number, stops, why, joins}], legs, flags}]; a leg is {start, end, trip,
 * words, told, points, travelled, why}.
 */
function itineraries(story, events, known, day, most = 100) {
  const left = new Map();
  for (const state of events) {
    if (state.status === "cancelled") continue;
    for (const person of state.who) if (person.travels) left.set(person, (left.get(person) ?? new Set()).add(state));
  }
  const busiest = [...left].sort(([, a], [, b]) => b.size - a.size).slice(0, most);
  const warnings = new Map();
  for (const flag of story.journeys.flags) {
    const [who, first, until, words, about] = flag;
    if (first > day || (until && until <= day)) continue;
    putInto(warnings, story.people[who], { words: story.text(words), about });
  }
  const theirs = new Map(busiest.map(([person]) => [person, []]));
  for (const state of known) for (const person of state.who) theirs.get(person)?.push(state);
  return busiest.map(([person, own]) => itinerary(story, person, own, theirs.get(person), day, warnings.get(person) ?? []));
}

function itinerary(story, person, left, known, day, warnings) {
  const journey = journeyOf(person, known);
  const tripOf = tripsOf(story, journey, day);
  const stops = journey.filter((state) => left.has(state)).map((state, at) => ({ state, number: at + 1, trip: tripOf.get(state.number).trip }));
  const why = (one, other) => {
    const between = journey.slice(journey.indexOf(one.state) + 1, journey.indexOf(other.state) + 1);
    return [...new Set(between.map((state) => tripOf.get(state.number).why))].filter(Boolean).join("; ");
  };
  const trips = [];
  for (const stop of stops) {
    const last = trips.at(-1);
    if (last?.number === stop.trip) {
      last.joins.push(why(last.stops.at(-1), stop));
      last.stops.push(stop);
    } else {
      const begins = journey.find((state) => tripOf.get(state.number).trip === stop.trip && tripOf.get(state.number).later);
      trips.push({ number: stop.trip, stops: [stop], why: begins ? tripOf.get(begins.number).why : "", joins: [] });
    }
  }
  const placed = stops.filter(({ state }) => isPlaced(state));
  const legs = [];
  placed.slice(1).forEach((end, at) => {
    const start = placed[at];
    if (start.trip !== end.trip || start.state.place === end.state.place) return;
    legs.push({
      start, end, trip: end.trip, travelled: end.state.status === "happened", why: why(start, end),
      ...wayBetween(story, person, start.state, end.state, journey),
    });
  });
  const there = new Set([...left].map((state) => state.event.at));
  const flags = warnings.filter(({ about }) => about.every((event) => there.has(event))).map(({ words }) => words);
  return { person, stops, trips, legs, flags };
}
