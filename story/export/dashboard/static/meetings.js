// Nights, days without word, and who was where together: story/query/travel.py, on the file's states.

const LEAST_SILENT_DAYS = 2;
const MOST_DAYS_TOGETHER = 31;
const WIDE = ["country", "admin1", "admin2", "sea", "area", "island"];
const SAYS_MET = /\b(?:meet|meets|met|meeting)\b/i;
const SAYS_NOT_MET = /\b(?:not|never|no|without|refus\w*|declin\w*|cancel\w*|skip\w*|avoid\w*|call\w* off)\b/i;

/** The first and the last day on which somebody is certainly there; null where there is none. */
function certainDays({ span }) {
  if (!span.firm || !span.first || span.last >= OPEN_END) return null;
  return span.lasts || span.first === span.last ? [span.first, span.last] : null;
}

/** Number of a stop -> the nights from it on at its place, as far as they are known for certain. */
function nightsOf(trip) {
  const nights = new Map();
  let begun = null, last = 0;
  for (const stop of trip.stops) {
    const days = certainDays(stop.state);
    const goesOn = begun && days && last && begun.state.place && begun.state.place === stop.state.place && days[0] - last <= 1;
    if (!goesOn) [begun, last] = days ? [stop, days[1]] : [null, 0];
    else last = Math.max(last, days[1]);
    const first = begun && certainDays(begun.state);
    if (first && last > first[0]) nights.set(begun.number, last - first[0]);
  }
  return nights;
}

/** The first and the last day between two stops of which nothing is told, if there are a few; else null. */
function silenceBetween(one, other) {
  const span = one.state.span, then = other.state.span;
  const left = span.last < OPEN_END ? span.last : span.lasts ? 0 : span.first;
  const there = then.first || (then.last < OPEN_END ? then.last : 0);
  return left && there && there - left - 1 >= LEAST_SILENT_DAYS ? [left + 1, there - 1] : null;
}

/** Who of those that travel was where together, in order of days: [{who, place, first, last, states, status, met}]. */
function meetingsOf(story, events) {
  const places = new Map();
  for (const state of events) {
    const days = certainDays(state);
    if (!state.place || state.status === "cancelled" || !days || !state.who.some(({ travels }) => travels)) continue;
    const key = `${state.place.number} ${WIDE.includes(state.place.kind) ? state.id : ""}`;
    if (!places.has(key)) places.set(key, new Map());
    const onDay = places.get(key);
    for (let day = days[0]; day <= Math.min(days[1], days[0] + MOST_DAYS_TOGETHER); day++) putInto(onDay, day, state);
  }
  const found = [...places.values()].flatMap((onDay) => runsOf(story, onDay));
  return found.sort((a, b) => a.first - b.first || a.last - b.last || (a.place.name < b.place.name ? -1 : 1));
}

function runsOf(story, onDay) {
  const runs = [];
  for (const day of [...onDay.keys()].sort((a, b) => a - b)) {
    const states = onDay.get(day), who = [...new Set(states.flatMap((state) => state.who))].filter(({ travels }) => travels);
    if (who.length < 2) continue;
    const run = runs.at(-1);
    if (run && run.last === day - 1 && run.who.length === who.length && run.who.every((one) => who.includes(one))) {
      run.last = day;
      states.forEach((state) => run.states.add(state));
    } else {
      runs.push({ who, place: states[0].place, first: day, last: day, states: new Set(states) });
    }
  }
  return runs.map((run) => {
    const states = [...run.states];
    const status = story.statuses[Math.max(...states.map((state) => story.statuses.indexOf(state.status)))];
    const met = states.some((state) => run.who.every((one) => state.who.includes(one)) && SAYS_MET.test(state.title) && !SAYS_NOT_MET.test(state.title));
    return { ...run, states, status, met };
  });
}

/** "Ann and Ben were both in Tokyo on Oct 28": that they met only where a title says so. */
function sayMeeting({ who, place, first, last, status, met }, year) {
  const both = who.length === 2 ? "both" : "all", past = status === "happened";
  const acts = met ? (past ? "met" : "are to meet") : past ? `were ${both}` : `are ${both} to be`;
  const when = first === last ? `on ${sayShortDay(first, year)}` : sayRange(first, last, year);
  return `${sayNames(who.map(({ name }) => name))} ${acts} ${place.kind === "site" ? "at" : "in"} ${place.name} ${when}${past ? "" : ` (${status})`}`;
}
