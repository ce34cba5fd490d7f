// The panel beside the map: one event with its reports, one place with its events, a point, or where it all stands.

const KINDS_OF_SOURCES = { official: "official", anonymous: "unnamed sources", named: "", citing: "" };
const STANDS = { agrees: "", "less exact": "less exact", otherwise: "says otherwise" };
const MOST_LISTED = 3, NEAREST = 5;

function eventDetails(given, state, inRange) {
  const { story } = given, { report, place } = state;
  const term = (name, ...words) => make("div", "", make("dt", "", name), make("dd", "", words));
  const where = place
    ? [make("a", { class: "pick inline", href: given.linkToPlace(place), "data-place": place.id }, place.name), fold(report.placeName) === fold(place.name) ? "" : ` (${report.placeName})`]
    : [`${report.placeName} `, make("span", "flag", `not on the map: ${state.reason}`)];
  return make("article", "panel",
    make("p", "over", "Event"), make("h2", "", state.title),
    make("p", "status", glyph(state.status), make("b", "", state.status)),
    !inRange && make("p", "flag", "Outside the current filters."),
    report.summary && make("p", "", report.summary),
    (report.media ?? []).map((one) => mediumOf(one, state.title)),
    make("dl", "",
      term("When", state.span.words, state.time && [make("br"), make("span", "fine", state.time)]),
      term("Where", ...where),
      state.who.length > 0 && term("Who", state.who.map(({ name }) => name).join(", ")),
      term("Sure", ...howSure(story, state.sure))),
    state.sure[2].length > 0 && disputedTable(state.sure),
    report.own?.length > 0 && make("dl", "own", report.own.map(({ name, words, href }) => term(name, href ? outLink(href, words) : words))),
    make("h3", "", sayCount(state.reports.length, "report")),
    make("ol", "reports", reportItems(story, state)),
    make("details", "fine method", make("summary", "", "How sure: how it is counted"), make("p", "", story.method)));
}

function reportItems(story, { reports }) {
  return [...reports].reverse().map((report, at, all) => {
    const source = report.source || "source not given";
    const next = all[at + 1];
    return make("li", at ? "report earlier" : "report",
      make("p", "", report.day ? `${sayDay(report.day, story.year)} · ` : "", report.url ? outLink(report.url, source) : source,
        report.archive && [" · ", outLink(report.archive, "archived copy")]),
      make("p", "", glyph(report.status), " ", make("b", "", report.status), `, ${report.span.words}${report.placeName ? `, ${report.placeName}` : ""}`),
      report.note && report.note !== next?.note && make("p", "fine", report.note));
  });
}

function howSure(story, [level, voices]) {
  const agreeing = voices.filter(([, , stand]) => stand === "agrees").length;
  const why = {
    unsourced: ": no report names its source", corroborated: `: ${thousands(agreeing)} independent sources agree`, contested: ": independent sources disagree",
  }[story.levels[level]] ?? "";
  const list = [...voices].reverse().map(([name, kind, stand, through]) => {
    const about = [KINDS_OF_SOURCES[kind], STANDS[stand]].filter(Boolean).join(", ");
    return make("li", "", name, through.length > 0 && `, by way of ${through.join(", ")}`, about && make("span", "fine", ` ${about}`));
  });
  return [make("b", "", story.levels[level]), why, list.length > 0 && make("ul", "voices", list)];
}

/** What independent sources say otherwise than one another, a column a source. */
function disputedTable([, voices, rows]) {
  const head = make("tr", "", make("td"), voices.map(([name]) => make("th", { scope: "col" }, name)));
  const body = rows.map(([name, cells]) => make("tr", "", make("th", { scope: "row" }, name), cells.map((cell) => make("td", "", cell))));
  return make("div", { class: "disputed", tabindex: "0", role: "group", "aria-label": "What sources disagree on" }, make("table", "", make("thead", "", head), make("tbody", "", body)));
}

/** A picture that the file holds; what lies elsewhere is a link, since the file asks nobody. */
function mediumOf({ kind, address, caption, credit, graphic }, title) {
  const words = `${kind === "post" ? "Post" : `The ${kind}`} at ${address.split("/")[2] ?? address}`;
  const held = address.startsWith("data:image/") && make("img", { src: address, alt: caption || title });
  const shown = held && graphic ? make("details", "", make("summary", "flag", "Show the picture: it may be distressing"), held) : held || make("p", "", outLink(address, words), graphic && make("span", "flag", " graphic: may be distressing"));
  return make("figure", "medium", shown, (caption || credit) && make("figcaption", "", caption, credit && make("span", "fine", ` ${credit}`)));
}

function placeDetails(given, place) {
  const there = given.events.filter((state) => state.place === place);
  return make("article", "panel", make("p", "over", "Place"), make("h2", "", place.name), make("p", "fine", place.facts),
    there.length ? make("ol", "events", there.map((state) => eventItem(given, state, false))) : make("p", "", "No events here match the current filters."));
}

/** A point of the reader's own: how far the story's places are from it. */
function pointDetails(given, [latitude, longitude]) {
  const east = ((((longitude + 180) % 360) + 360) % 360) - 180;
  const here = `${Math.abs(latitude).toFixed(2)}° ${latitude >= 0 ? "N" : "S"}, ${Math.abs(east).toFixed(2)}° ${east >= 0 ? "E" : "W"}`;
  const places = [...new Set(given.events.map(({ place }) => place).filter((place) => place && !["country", "area", "sea"].includes(place.kind)))];
  const ways = places.map((place) => [distanceKm([latitude, east], [place.latitude, place.longitude]), place]).sort(([a], [b]) => a - b);
  return make("article", "panel", make("p", "over", "Point"), make("h2", "", here), make("h3", "", "The story’s nearest places"),
    make("ol", "events", ways.slice(0, NEAREST).map(([km, place]) => make("li", "event",
      make("a", { class: "pick event-title", href: given.linkToPlace(place), "data-place": place.id }, place.name), make("p", "", sayDistance(km))))));
}

/** Nothing chosen: what happened last and what comes next, and what is only mentioned. */
function overview(given) {
  const { story, events, day } = given;
  const past = events.filter(({ status }) => status === "happened").sort((a, b) => endOf(b) - endOf(a)).slice(0, MOST_LISTED);
  const ahead = events.filter((state) => !["happened", "cancelled"].includes(state.status) && story.levels[state.level] !== "denied").slice(0, MOST_LISTED);
  const part = (heading, some) => some.length > 0 && [make("h3", "", heading), make("ol", "events", some.map((state) => eventItem(given, state)))];
  return make("article", "panel",
    make("h2", "", `Where it stands${day ? ` as of ${sayDay(day, story.year)}` : ""}`),
    part("Next", ahead), part("Latest", past),
    story.mentions.length > 0 && make("p", "fine", `Also mentioned: ${story.mentions.map(([name]) => name).join(", ")}.`.replace(/\.\.$/, ".")));
}

const endOf = ({ span }) => (span.last < OPEN_END ? span.last : 0);
