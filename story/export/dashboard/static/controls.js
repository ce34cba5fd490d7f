// The filters above the map: days, people, status, how sure, search, and the as-of day.

const MOST_PILLS = 8;

/** Draws the controls into the file's own places; `change` is given what of the view is another. Returns `show(view)`. */
function makeControls(story, change) {
  const box = document.getElementById("filters");
  const shows = [datesControl(story, change, box), whoControl(story, change, box)];
  shows.push(choiceControl("Status", story.statuses, "status", change, box, (one) => [glyph(one), ` ${one}`]));
  shows.push(choiceControl("How sure", story.levels, "sure", change, box, (one) => [SAID_SURE[one]]));
  shows.push(searchControl(change, box), asOfControl(story, change));
  const toggle = document.querySelector(".filters-toggle");
  toggle.addEventListener("click", () => {
    const open = document.body.classList.toggle("filters-open");
    toggle.setAttribute("aria-expanded", String(open));
  });
  return (view) => {
    for (const show of shows) show(view);
    const set = [view.first || view.last, view.who.size, view.status.size, view.sure.size, view.q].filter(Boolean).length;
    toggle.textContent = set ? `Filters (${set})` : "Filters";
  };
}

function datesControl(story, change, box) {
  if (!story.axis.length) return () => {};
  const [low, high] = story.axis;
  const input = (name, end) => {
    const node = make("input", { type: "date", "aria-label": name, min: isoDay(low), max: isoDay(high) });
    node.addEventListener("change", () => {
      const day = ordinalOf(node.value);
      change(end === "first" ? { first: day > low ? day : 0 } : { last: day && day < high ? day : 0 });
    });
    return node;
  };
  const first = input("First day", "first"), last = input("Last day", "last"), said = make("b");
  const within = (day) => Math.min(Math.max(day, low), high);
  const presets = [["All", () => [0, 0]], ["Past week", (day) => [within(day - 6), within(day)]], ["Past", (day) => [0, within(day)]], ["Upcoming", (day) => [within(day + 1), 0]]];
  let asOf = story.latest;
  const buttons = presets.map(([name, ends]) => make("button", { type: "button", class: "pill", onclick: () => { const [from, to] = ends(asOf || high); change({ first: from, last: to }); } }, name));
  box.append(make("div", { class: "control dates", role: "group", "aria-label": "Dates" }, make("p", "label", "Dates ", said), make("div", "row", buttons), make("div", "row", first, " – ", last)));
  return (view) => {
    asOf = view.asOf;
    const [from, to] = [view.first || low, view.last || high];
    first.value = isoDay(from);
    last.value = isoDay(to);
    said.textContent = view.first || view.last ? sayRange(from, to, story.year) : "all";
    presets.forEach(([, ends], at) => {
      const [start, stop] = ends(asOf || high);
      buttons[at].setAttribute("aria-pressed", String(start === view.first && stop === view.last));
    });
  };
}

/** Turns one of a set on or off. */
function toggled(set, one) {
  const other = new Set(set);
  if (!other.delete(one)) other.add(one);
  return other;
}

function whoControl(story, change, box) {
  if (!story.everyone.length) return () => {};
  if (story.everyone.length > MOST_PILLS) return choiceControl("Who", story.everyone.map(({ name }) => name), "who", change, box, (name) => [name], true);
  let now = new Set();
  const pills = story.everyone.map(({ name, colour }) => make("button", { type: "button", class: `pill t${colour}`, "aria-pressed": "false", onclick: () => change({ who: toggled(now, name) }) }, make("i", "swatch"), name));
  box.append(make("div", { class: "control who", role: "group", "aria-label": "Who" }, make("p", "label", "Who"), make("div", "row", pills)));
  return (view) => {
    now = view.who;
    story.everyone.forEach(({ name }, at) => pills[at].setAttribute("aria-pressed", String(now.has(name))));
  };
}

/** A list to choose some of, folded up; `long` ones have a field that finds in them. */
function choiceControl(label, options, name, change, box, words, long = false) {
  let now = new Set();
  const inputs = options.map((one) => make("input", { type: "checkbox", onchange: () => change({ [name]: toggled(now, one) }) }));
  const labels = options.map((one, at) => make("label", "", inputs[at], make("span", "", words(one))));
  const said = make("span", "said"), summary = make("summary", { "aria-label": label }, said);
  const find = long && make("input", { type: "search", "aria-label": `Find in ${label}`, placeholder: "Find …" });
  if (find) find.addEventListener("input", () => options.forEach((one, at) => { labels[at].hidden = !fold(one).includes(fold(find.value)); }));
  const details = make("details", "choice", summary, make("div", { class: "options", role: "group", "aria-label": label }, find, labels));
  details.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !details.open) return;
    event.stopPropagation();
    details.open = false;
    summary.focus();
  });
  document.addEventListener("click", (event) => { if (details.open && !details.contains(event.target)) details.open = false; });
  box.append(make("div", `control ${name}`, make("p", "label", label), details));
  return (view) => {
    now = view[name];
    said.textContent = now.size === 0 ? "All" : now.size === 1 ? [...now][0] : `${now.size} chosen`;
    summary.setAttribute("aria-label", `${label}: ${said.textContent}`);
    options.forEach((one, at) => { inputs[at].checked = now.has(one); });
  };
}

function searchControl(change, box) {
  const input = make("input", { type: "search", id: "q", placeholder: "any word" });
  input.addEventListener("input", () => change({ q: input.value }));
  box.append(make("div", "control q", make("label", { class: "label", for: "q" }, "Search"), input));
  return (view) => { if (input.value !== view.q) input.value = view.q; };
}

function asOfControl(story, change) {
  const choice = document.getElementById("as_of");
  const days = [...new Set([...story.days, story.latest])].filter((day) => day && day <= story.latest).sort((a, b) => b - a);
  choice.closest("p").hidden = !days.length;
  const option = (day) => make("option", { value: day }, sayDay(day, story.year) + (day === story.latest ? " (latest)" : ""));
  choice.append(...days.map(option));
  choice.addEventListener("change", () => change({ asOf: Number(choice.value) }));
  return (view) => {
    if (view.asOf && !days.includes(view.asOf)) {
      days.push(view.asOf);
      choice.append(option(view.asOf));
    }
    choice.value = String(view.asOf);
  };
}
