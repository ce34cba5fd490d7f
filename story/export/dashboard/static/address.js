// The whole view in the part of the address behind "#", by the page's own parameters: a link to the file shows it again.

const isoOf = (day) => (day ? isoDay(day) : "");
const ordinalOf = (text) => (/^\d{4}-\d\d-\d\d$/.test(text) && Number.isFinite(Date.parse(text)) ? dateline.ordinal(text) : 0);

/** What stands behind "#" for a view; `chosen` is {event} or {place} instead of the view's own choice. */
function writeAddress(story, view, chosen = view) {
  const query = new URLSearchParams();
  const { first, last, status, who, sure, q, asOf } = view;
  if (first || last) query.set("dates", `${isoOf(first)}..${isoOf(last)}`);
  for (const [name, some] of [["status", status], ["who", who], ["sure", sure]]) for (const one of some) query.append(name, one);
  if (asOf !== story.latest) query.set("as_of", isoOf(asOf));
  if (q) query.set("q", q);
  if (chosen.event) query.set("event", chosen.event);
  else if (chosen.place) query.set("place", chosen.place);
  return `#${query}`;
}

/** The view that an address asks for; what the story does not know is left out. */
function readAddress(story, text) {
  const query = new URLSearchParams(text.replace(/^[#?]/, ""));
  const [first, last] = (query.get("dates") ?? "").split("..").map(ordinalOf);
  const known = (name, allowed) => new Set(query.getAll(name).filter((one) => allowed.includes(one)));
  const asOf = ordinalOf(query.get("as_of") ?? "");
  return {
    first: first ?? 0, last: last ?? 0, status: known("status", story.statuses), sure: known("sure", story.levels),
    who: known("who", story.everyone.map(({ name }) => name)), q: query.get("q") ?? "",
    asOf: asOf && asOf < story.latest ? asOf : story.latest, event: query.get("event") ?? "", place: query.get("place") ?? "", point: null,
  };
}
