// What the map draws of some states: as story/drawing/shapes.py gives it to map.js.

const MOST_WAYS_DRAWN = 60, MOST_WAYS_OF_ONE = 200, MOST_OUTLINES_DRAWN = 200;
let drawings = 0;

function mapShapes(story, events, travel, possible) {
  const there = new Map();
  for (const state of events) if (state.place) putInto(there, state.place, state);
  return {
    key: `drawn ${++drawings}`,
    places: [...there].map(([place, states]) => shapeOfPlace(story, place, states, possible)),
    legs: legShapes(travel, there),
    unknown: unknownShapes(travel, there),
    areas: areaShapes(story, there),
    mentions: story.mentions.map(([, number]) => story.places[number]).filter((place) => place && !there.has(place))
      .map(({ name, latitude, turned }) => ({ name, latitude, longitude: turned })),
    moves: [],
  };
}

function shapeOfPlace(story, place, states, possible) {
  const present = new Set(states.map(({ status }) => status));
  return {
    id: place.id, name: place.name, kind: place.kind, latitude: place.latitude, longitude: place.turned, count: states.length,
    label: `${place.name}: ${sayCount(states.length, "event")}`, statuses: story.statuses.filter((status) => present.has(status)),
    pale: states.every((state) => possible.has(state)), changed: 0,
  };
}

const isTangle = (travel, ways) => travel.length !== 1 && ways > MOST_WAYS_DRAWN;
const at = (place) => [place.latitude, place.turned];

function legShapes(travel, there) {
  const legs = [], between = new Map();
  if (isTangle(travel, travel.reduce((sum, { legs: own }) => sum + own.length, 0))) return legs;
  for (const { person, legs: own } of travel) {
    for (const { start, end, points, travelled } of own) {
      const from = start.state.place, to = end.state.place;
      if (legs.length >= MOST_WAYS_OF_ONE) return legs;
      if (!there.has(from) || !there.has(to)) continue;
      const pair = from.number < to.number ? `${from.number} ${to.number}` : `${to.number} ${from.number}`;
      const gone = between.get(pair) ?? 0;
      between.set(pair, gone + 1);
      // A way gone twice is drawn as two curves side by side.
      legs.push({ points: turnedWay(points, from, to), colour: person.colour, travelled, bow: from.number < to.number ? gone : -gone });
    }
  }
  return legs;
}

/** The points of a way, on the same turn of the world as the place where it begins; a great circle where there are none. */
function turnedWay(points, from, to) {
  if (!points) return dateline.greatCircle(at(from), [to.latitude, to.longitude]);
  const turn = 360 * Math.round((from.turned - points[0][1]) / 360);
  return points.map(([latitude, longitude]) => [latitude, longitude + turn]);
}

/** From the last place of each trip to the first one of the next: how the traveller got there is not known. */
function unknownShapes(travel, there) {
  const lines = [];
  if (isTangle(travel, travel.reduce((sum, { trips }) => sum + trips.length - 1, 0))) return lines;
  for (const { person, trips } of travel) {
    const placed = trips.map(({ stops }) => stops.map(({ state }) => state.place).filter(Boolean)).filter((some) => some.length);
    placed.slice(1).forEach((after, number) => {
      const from = placed[number].at(-1), to = after[0];
      if (from === to || lines.length >= MOST_WAYS_OF_ONE || !there.has(from) || !there.has(to)) return;
      lines.push({ points: turnedWay(null, from, to), colour: person.colour });
    });
  }
  return lines;
}

function areaShapes(story, there) {
  const areas = [];
  for (const [place, states] of there) {
    const colour = states.flatMap(({ who }) => who)[0]?.colour ?? 7;
    if (areas.length < MOST_OUTLINES_DRAWN) {
      for (const [outline, state] of new Map(states.filter((state) => state.outline >= 0).map((state) => [state.outline, state]))) {
        const polygons = story.outlines[outline].map((rings) => rings.map((ring) => besideRing(ring, place.turned)));
        areas.push({ place: place.id, polygons, colour: state.who[0]?.colour ?? 7, happened: state.status === "happened" });
      }
    }
    if (place.kind !== "country" || !place.country) continue;
    const happened = states.some(({ status }) => status === "happened");
    areas.push({ place: place.id, country: place.country, longitude: place.turned, colour, happened });
  }
  return areas;
}

/** A ring moved whole, next to a longitude. */
function besideRing(ring, near) {
  const longitudes = ring.map(([, longitude]) => longitude);
  const middle = (longitudes.reduce((a, b) => Math.min(a, b)) + longitudes.reduce((a, b) => Math.max(a, b))) / 2;
  const shift = 360 * Math.round((near - middle) / 360);
  return ring.map(([latitude, longitude]) => [latitude, longitude + shift]);
}
