// The timeline: a lane a traveller, each event a dot or a bar over its days; as view/draw/timeline.py draws it on the page.

const MOST_MARKS = 300, MOST_LANES = 10, BINS = 120, MOST_UNDATED = 20, NOBODY = "Others", NOBODY_ANYWHERE = "Events";

const isUndated = ({ span }) => !span.first && span.last >= OPEN_END;

/** The states of each lane by its name, and the names that there is no lane for. */
function byLane(events, lanes) {
  const found = new Map(lanes.slice(0, MOST_LANES).map((name) => [name, []])), hidden = new Set();
  for (const state of events) {
    for (const name of state.who.length ? state.who.map((person) => person.name) : [NOBODY]) {
      if (!found.has(name) && found.size < MOST_LANES) found.set(name, []);
      if (found.has(name)) found.get(name).push(state);
      else hidden.add(name);
    }
  }
  hidden.delete(NOBODY);
  return { found, hidden };
}

/**
 * given: {story, known, every, events, possible, day, range: [first, last] chosen, linkTo}; `every` is what the filter
 * would leave without its days. Null where there is nothing to draw.
 */
function timelineOf(given) {
  const { story, known, every, events, day, range } = given;
  if (!every.length) return null;
  const brush = story.axis.length ? { axis: story.axis, range } : null;
  const axis = makeAxis(known, [day, ...(brush ? [...brush.axis, ...range] : [])]);
  const undated = events.filter(isUndated);
  const lanes = story.everyone.map(({ name }) => name);
  const { hidden } = byLane(events, lanes);
  const notes = notesOf(given, axis ? hidden.size : 0, undated);
  if (!axis) return make("div", "timeline", notes);
  const ticks = ticksOf(axis), ahead = along(axis.knots, day + 1);
  const ground = make("div", "axis-area",
    ticks.map(([x]) => make("i", { class: "grid", style: { left: `${x}%` } })),
    axis.breaks.map(([first, last]) => {
      const x = (along(axis.knots, first) + along(axis.knots, last)) / 2;
      return make("i", { class: "break", style: { left: `${x}%` }, title: `${sayCount(last - first, "day")} left out` });
    }),
    day && make("i", { class: ahead > 50 ? "rule left" : "rule", style: { left: `${ahead}%` } }, make("span", "", `as of ${sayDay(day, story.year)}`)),
    day && ahead < 97 && make("i", { class: "ahead", style: { left: `${ahead}%` } }, make("span", "", "not yet happened")),
  );
  const days = make("div", "lane axis", make("div"), make("div", "lane-track",
    ticks.map(([x, words]) => make("span", { class: "tick", style: { left: `${x}%` } }, words))));
  const plot = make("div", "plot", ground, lanesOf(given, axis, lanes), days, brush && brushOf(story, axis, brush));
  return make("div", { class: "timeline-scroll", tabindex: "0", role: "group", "aria-label": "Timeline" }, make("div", "timeline", plot, notes));
}

function lanesOf(given, axis, names) {
  const { story, every, events } = given;
  const whole = byLane(every, names).found, inside = byLane(events, [...whole.keys()]).found;
  const there = new Set(events);
  const few = every.length - events.length <= MOST_MARKS, crowded = events.length > MOST_MARKS;
  return [...whole].map(([name, all]) => [name, all.filter((state) => !isUndated(state))]).filter(([, all]) => all.length).map(([name, all]) => {
    const own = (inside.get(name) ?? []).filter((state) => !isUndated(state));
    const outside = events === every ? [] : all.filter((state) => !there.has(state));
    const faint = few ? [] : binsOf(all, axis), fullest = faint.reduce((most, { count }) => Math.max(most, count), 0);
    const colour = story.people.find((person) => person.name === name)?.colour ?? 7;
    const called = names.length ? name : NOBODY_ANYWHERE;
    return make("div", `lane t${colour}`,
      make("div", { class: "lane-name", title: called }, make("i", "swatch"), make("span", "", called)),
      make("ul", "lane-track",
        crowded ? [] : own.map((state) => markOf(given, axis, state)),
        few ? outside.map((state) => outsideOf(axis, state)) : [],
        binsMark(faint, true), crowded && binsMark(binsOf(own, axis, fullest), false)));
  });
}

/** Where the mark of a state stands: {at, bar: the kind of its bar, width in per cent}. */
function placeOfMark(axis, { span }) {
  const left = span.first ? along(axis.knots, span.first) : 0, right = span.last < OPEN_END ? along(axis.knots, span.last + 1) : 100;
  if (span.first === span.last) return { at: (left + right) / 2, bar: "", width: 0 };
  const kind = span.lasts && span.first && span.last < OPEN_END ? "lasts" : "among";
  const bar = `${kind}${span.first ? "" : " open-left"}${span.last < OPEN_END ? "" : " open-right"}`;
  return { at: span.first ? left : right, bar, width: right - left };
}

const barOf = ({ bar, width }) => bar && make("i", { class: `bar ${bar}`, style: { width: `${width.toFixed(2)}cqw` } });

function markOf({ story, possible, linkTo }, axis, state) {
  const place = placeOfMark(axis, state);
  const label = [state.span.words, state.status, state.where, state.source].filter(Boolean).join(", ");
  const classes = ["mark", state.status, place.bar && "wide", possible.has(state) && "pale"].filter(Boolean).join(" ");
  return make("li", { class: classes, style: { left: `${place.at}%` }, title: `${state.title}: ${label}` },
    make("a", { class: "pick", href: linkTo(state), "data-event": state.id }, barOf(place), glyph(state.status),
      make("span", "label", state.title), make("span", "sr", `, ${label}`)));
}

function outsideOf(axis, state) {
  const place = placeOfMark(axis, state);
  return make("li", { class: `mark ${state.status}${place.bar ? " wide" : ""} outside`, style: { left: `${place.at}%` }, title: state.title, "aria-hidden": "true" },
    barOf(place), glyph(state.status));
}

/** A lane too full for single marks: how many events fall in each slice of the axis. */
function binsOf(states, axis, fullest = 0) {
  const counts = new Array(BINS).fill(0);
  for (const { span } of states) {
    const day = span.first || (span.last < OPEN_END ? span.last : 0);
    if (day) counts[Math.min(BINS - 1, Math.floor((along(axis.knots, day + 0.5) / 100) * BINS))] += 1;
  }
  const most = counts.reduce((a, b) => Math.max(a, b), fullest) || 1;
  return counts.map((count, slice) => ({ at: (100 * slice) / BINS, share: count / most, count })).filter(({ count }) => count);
}

/** The slices of a lane as one shape: thousands of elements would take longer to lay out than all else. */
function binsMark(bins, outside) {
  if (!bins.length) return null;
  const shape = document.createElementNS("http://www.w3.org/2000/svg", "svg"), path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  shape.setAttribute("viewBox", "0 0 100 100");
  shape.setAttribute("preserveAspectRatio", "none");
  path.setAttribute("d", bins.map(({ at: left, share }) => `M${left.toFixed(2)} 82v${-(8 + 60 * share).toFixed(1)}h.7V82z`).join(""));
  shape.append(path);
  const events = bins.reduce((sum, { count }) => sum + count, 0);
  return make("li", outside ? { class: "bins outside", "aria-hidden": "true" } : { class: "bins" }, shape, !outside && make("span", "sr", sayCount(events, "event")));
}

function brushOf(story, axis, { axis: [low, high], range }) {
  const handle = (end, label, day) => make("div", {
    class: `handle ${end}`, role: "slider", tabindex: "0", "aria-label": label, "aria-orientation": "horizontal", "aria-valuemin": low,
    "aria-valuemax": high, "aria-valuenow": day, "aria-valuetext": sayDay(day, story.year),
  }, make("span", { class: "day", "aria-hidden": "true" }, sayDay(day, story.year)));
  return make("div", {
    class: "brush", role: "group", "aria-label": "Dates", "data-knots": JSON.stringify(axis.knots), "data-year": story.year,
    "data-axis": `${low} ${high}`, "data-range": range.join(" "),
  }, make("i", "veil"), make("i", "veil"), make("div", "strip", make("i", "range"), handle("first", "First day", range[0]), handle("last", "Last day", range[1])));
}

function notesOf({ linkTo }, hidden, undated) {
  const notes = [];
  if (hidden) notes.push(make("p", "fine", `${sayCount(hidden, "more traveller")} not drawn: choose them under Who.`));
  if (undated.length) {
    const links = undated.slice(0, MOST_UNDATED).flatMap((state, number) => [number ? ", " : "", pickLink(state, linkTo, "inline")]);
    const more = undated.length > MOST_UNDATED ? ` and ${thousands(undated.length - MOST_UNDATED)} more` : "";
    notes.push(make("p", "fine", "Not dated: ", links, more));
  }
  return notes;
}

/** A link that chooses an event: its sign and its title. */
function pickLink(state, linkTo, kind) {
  return make("a", { class: `pick ${kind}`, href: linkTo(state), "data-event": state.id }, glyph(state.status), kind === "inline" ? ` ${state.title}` : make("span", "", state.title));
}
