// Which events are known on a day, and which of them a filter leaves: story/query/selection.py, on the file's states.

/** Text for comparing: without case, accents and width. */
function fold(text) {
  return text.toLowerCase().replace(/ß/g, "ss").replace(/ς/g, "σ").normalize("NFKD").replace(/\p{M}/gu, "").normalize("NFC");
}

const rememberedDays = new WeakMap();

/** The states of the events as known at the end of a day, in the order of the story; the same ones for the same day. */
function knownOn(story, day) {
  if (!rememberedDays.has(story)) rememberedDays.set(story, new Map());
  const days = rememberedDays.get(story);
  if (!days.has(day)) {
    const known = story.events.map((event) => event.states.findLast((state) => state.since <= day)).filter((state) => state?.shown);
    known.sort((a, b) => a.order - b.order);
    if (days.size > 64) days.clear();
    days.set(day, known);
  }
  return days.get(day);
}

function searched(state) {
  state.folded ??= fold([
    state.title, state.report.summary, ...state.who.map(({ name }) => name), state.report.placeName, state.place?.name ?? "", state.status,
    ...(state.report.own ?? []).map(({ words }) => words), ...state.reports.map(({ source }) => source),
  ].join("\n"));
  return state.folded;
}

/**
 * What a filter leaves of some states: {events, possible}, the latter those that only possibly lie in its days.
 * wanted: {first, last} ordinals or 0, sets `status`, `who`, `sure` that are empty for all, `q`.
 */
function select(story, states, wanted) {
  const words = fold(wanted.q || "").split(/\s+/).filter(Boolean);
  const low = Math.max(wanted.first || 0, story.asked[0]), high = Math.min(wanted.last || OPEN_END, story.asked[1] || OPEN_END);
  const dated = Boolean(low || high < OPEN_END);
  const possible = new Set();
  const events = states.filter((state) => {
    if (wanted.status.size && !wanted.status.has(state.status)) return false;
    if (wanted.sure.size && !wanted.sure.has(story.levels[state.level])) return false;
    if (wanted.who.size && !state.who.some(({ name }) => wanted.who.has(name))) return false;
    if (words.length && !words.every((word) => searched(state).includes(word))) return false;
    if (!dated) return true;
    const { first, last, begins, ends, firm } = state.span;
    if (first > high || last < low || low > high) return false;
    if (!(firm && ((first >= low && last <= high) || (begins <= high && ends >= low)))) possible.add(state);
    return true;
  });
  return { events, possible };
}
