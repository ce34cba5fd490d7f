// The file once it is opened: its story, the view of it, and what draws again when the view is another.

function startDashboard() {
  const story = readStory(JSON.parse(document.getElementById("story").textContent));
  const region = (name) => document.querySelector(`.st-key-${name}`);
  let view = readAddress(story, location.hash || location.search);
  let given = null, act = 0, turn = 1, tab = "itinerary";

  // ---- what the view leaves ----------------------------------------------------------------------------------------

  function leave() {
    const known = knownOn(story, view.asOf);
    const { events, possible } = select(story, known, view);
    const every = view.first || view.last ? select(story, known, { ...view, first: 0, last: 0 }).events : events;
    const travel = itineraries(story, events, known, view.asOf);
    const base = writeAddress(story, view, {}), link = (name, value) => `${base}${base === "#" ? "" : "&"}${name}=${encodeURIComponent(value)}`;
    const people = [...new Set(events.filter(({ status }) => status !== "cancelled").flatMap(({ who }) => who))];
    return {
      story, known, events, byId: new Map(known.map((state) => [state.id, state])), possible, every, travel, people, wanted: view, day: view.asOf, total: known.length,
      going: people.filter(({ travels }) => travels).length, isDated: Boolean((view.first || view.last) && possible.size),
      range: story.axis.length ? [view.first || story.axis[0], view.last || story.axis[1]] : [],
      linkTo: ({ id }) => link("event", id), linkToPlace: ({ name }) => link("place", name),
      linkToPerson: ({ name }) => writeAddress(story, { ...view, who: new Set([name]) }, {}),
    };
  }

  /** The place and the state that are chosen; neither where the story does not know them on this day. */
  function chosen() {
    const state = view.event ? given.byId.get(view.event) : undefined;
    const place = state ? state.place : view.place ? story.places.find(({ name, id }) => name === view.place || id === view.place) : undefined;
    return { state, place };
  }

  // ---- drawing -----------------------------------------------------------------------------------------------------

  function draw() {
    given = leave();
    const { events, people, total } = given;
    const places = new Set(events.map(({ place }) => place).filter(Boolean));
    const count = events.length === total ? sayCount(total, "event") : `${thousands(events.length)} of ${sayCount(total, "event")}`;
    const day = story.published ? `${sayDay(story.published, 0)}` : "";
    document.querySelector(".counts").textContent = [story.dateline.toUpperCase(), day, count, sayCount(places.size, "place"), sayWho(people)].filter(Boolean).join(" · ");
    showControls(view);
    notices();
    region("timeline").replaceChildren(timelineOf(given) ?? make("p", "empty", "No events to show."));
    tabs();
    drawPanel();
    drawLater();
  }

  let waiting = 0;
  /** What is measured and the map with the next picture, the list below with the one after: who filters on waits for
      neither, and the page is laid out once. */
  function drawLater() {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(drawRest);
  }

  function drawRest() {
    paintBrush();
    placeLabels();
    showAsOf();
    drawMap();
    waiting = requestAnimationFrame(list);
  }

  function drawMap() {
    drawn = { ...mapShapes(story, given.events, given.travel, given.possible), play: `play ${writeAddress(story, view, {})}` };
    dateline.show(map, drawn);
    const { state, place } = chosen();
    dateline.look(lookOf(state, place));
  }

  function notices() {
    const box = document.querySelector(".notices");
    if (given.events.length || !given.total) return box.replaceChildren();
    const reset = make("button", { type: "button", class: "quiet", onclick: () => change({ first: 0, last: 0, status: new Set(), who: new Set(), sure: new Set(), q: "" }) }, "Show everything");
    return box.replaceChildren(make("p", "notice", `None of the ${sayCount(given.total, "event")} match these filters. `, reset));
  }

  function tabs() {
    const someone = given.travel.length > 0 || story.everyone.some(({ travels }) => travels);
    const kinds = [...(someone ? [["itinerary", "Itineraries"]] : []), ["events", `Events (${thousands(given.events.length)})`], ["sources", "Sources"]];
    if (!kinds.some(([kind]) => kind === tab)) tab = "events";
    const bar = document.querySelector(".tabs"), had = bar.contains(document.activeElement);
    bar.replaceChildren(...kinds.map(([kind, words]) => make("button", {
      type: "button", role: "tab", id: `tab-${kind}`, "aria-controls": `panel-${kind}`, "aria-selected": String(kind === tab), tabindex: kind === tab ? "0" : "-1",
      onclick: () => turnTo(kind),
    }, words)));
    if (had) document.getElementById(`tab-${tab}`).focus();
    for (const kind of ["itinerary", "events", "sources"]) document.getElementById(`panel-${kind}`).hidden = kind !== tab;
  }

  // On paper all lists stand one below the other, the table whole.
  window.addEventListener("beforeprint", () => {
    const whole = { itinerary: itineraryCards(given), events: [eventsTable(given, 1, given.events.length)], sources: [sourcesList(given)] };
    for (const [kind, inside] of Object.entries(whole)) {
      region(kind).hidden = false;
      region(kind).replaceChildren(...inside);
    }
  });
  window.addEventListener("afterprint", () => { tabs(); list(); });

  // Only the list that is seen is drawn.
  function list() {
    const page = (to) => { turn = to; list(); region("events").scrollIntoView({ block: "start" }); };
    const inside = {
      itinerary: () => itineraryCards(given),
      events: () => [pager(given.events.length, turn, page), eventsTable(given, turn)].filter(Boolean),
      sources: () => [sourcesList(given)],
    };
    region(tab).replaceChildren(...inside[tab]());
    markChosen();
  }

  function turnTo(kind) {
    tab = kind;
    tabs();
    list();
    document.getElementById(`tab-${kind}`).focus();
  }

  function drawPanel() {
    const { state, place } = chosen();
    const panel = state ? eventDetails(given, state, given.events.includes(state)) : place ? placeDetails(given, place) : view.point ? pointDetails(given, view.point) : overview(given);
    region("details").querySelector(".shown").replaceChildren(panel);
    steps(state, place);
    markChosen();
    try {
      history.replaceState(null, "", writeAddress(story, view));
    } catch { /* A file inside another page may have no address of its own. */ }
  }

  function markChosen() {
    const { state, place } = chosen();
    // Of thousands of links few are marked, and mostly none.
    if (!state && !place && !document.querySelector("a.pick[aria-current]")) return;
    for (const link of document.querySelectorAll("a.pick[data-event]")) {
      const known = given.byId.get(link.dataset.event);
      const on = state ? known === state : Boolean(place) && known?.place === place;
      if (on) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
      link.closest("li, tr")?.classList.toggle("chosen", on);
    }
  }

  /** How the map is to look at it: what is chosen, and the view that is wished. */
  function lookOf(state, place) {
    const { key, places, legs } = drawn;
    const shown = place && (state ? `event ${state.id}` : `place ${place.id}`);
    const some = place ? [{ latitude: place.latitude, longitude: place.turned, kind: place.kind }] : places;
    const points = [...some.map(({ latitude, longitude }) => [latitude, longitude]), ...(place ? [] : legs.flatMap((leg) => leg.points).filter(([latitude]) => Math.abs(latitude) < 75))];
    const box = points.length && L.latLngBounds(points);
    const wished = box && { key: shown ?? "all", bounds: [[box.getSouth(), box.getWest()], [box.getNorth(), box.getEast()]], zoom: some.length === 1 ? 6 : 9 };
    return { key, selected: place?.id ?? "", editing: false, point: view.point, view: wished && !chosenOnMap ? wished : null, act };
  }

  function steps(state, place) {
    const { events } = given;
    const here = state ? events.indexOf(state) : -1;
    const first = events.findIndex((one) => place && one.place === place);
    const [before, after] = here >= 0 ? [here - 1, here + 1] : first >= 0 ? [first - 1, first] : [-1, 0];
    const step = (words, number) => make("button", { type: "button", class: "quiet", "aria-disabled": events[number] ? null : "true", "data-step": words, onclick: () => events[number] && choose({ event: events[number].id }) }, words);
    const box = region("details").querySelector(".steps"), had = box.contains(document.activeElement) && document.activeElement.dataset.step;
    box.replaceChildren(...[step("◀ previous", before), step("next ▶", after),
      (state || place || view.point) && make("button", { type: "button", class: "quiet", onclick: () => choose({}) }, "show all"),
      here >= 0 && make("span", "fine nowrap", `event ${thousands(here + 1)} of ${thousands(events.length)}`)].filter(Boolean));
    if (had) box.querySelector(`[data-step="${had}"]`)?.focus();
  }

  // ---- what is done ------------------------------------------------------------------------------------------------

  function change(other) {
    view = { ...view, ...other };
    if (view.first && view.last && view.first > view.last) [view.first, view.last] = [view.last, view.first];
    turn = 1;
    draw();
  }

  let chosenOnMap = false;
  function choose({ event = "", place = "", point = null }, onMap = false) {
    view = { ...view, event, place, point };
    chosenOnMap = onMap;
    drawPanel();
    const { state, place: chosenPlace } = chosen();
    dateline.look(lookOf(state, chosenPlace));
    if (!onMap && innerWidth <= 640 && (event || place)) region("details").scrollIntoView({ block: "start" });
  }

  document.addEventListener("dateline:choose", ({ detail }) => {
    act = detail.act;
    const place = story.places.find(({ id }) => id === detail.place);
    const there = place ? given.events.filter((state) => state.place === place) : [];
    choose(there.length === 1 ? { event: there[0].id } : place ? { place: place.id } : { point: detail.point }, true);
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a.pick");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    if (link.dataset.event) choose({ event: link.dataset.event });
    else if (link.dataset.place) choose({ place: link.dataset.place });
    else change({ who: new Set([link.dataset.who]) });
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented && !document.activeElement?.matches("input, select") && !document.querySelector("dialog[open]")) choose({});
    if (event.target.getAttribute?.("role") === "tab" && ["ArrowLeft", "ArrowRight"].includes(event.key)) {
      const all = [...document.querySelectorAll("[role=tab]")], to = all.indexOf(event.target) + (event.key === "ArrowRight" ? 1 : -1);
      turnTo(all.at(to % all.length).getAttribute("aria-controls").replace("panel-", ""));
    }
  });
  window.addEventListener("hashchange", () => {
    view = readAddress(story, location.hash);
    draw();
  });
  window.addEventListener("resize", () => { paintBrush(); placeLabels(); });

  // ---- the map -----------------------------------------------------------------------------------------------------

  let drawn = { key: "", places: [], legs: [] };
  const { center, zoom, ...options } = story.map;
  const map = L.map("map_div", { ...options, center, zoom });
  // Land and borders come after the first picture: what the story tells is seen before.
  const shown = new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  const readGround = shown.then(() => JSON.parse(document.getElementById("ground").textContent));
  const { loadWorld } = dateline;
  dateline.loadWorld = (name) => readGround.then((ground) => loadWorld(ground[name]));
  dateline.attach(map, Object.fromEntries(story.ground.map((name) => [name, name])));
  dateline.fetchPlay = async () => playData(story, view, view.asOf, given.events, given.travel);
  followWindow(new AbortController().signal);
  const showControls = makeControls(story, change);
  const paintBrush = startBrush(([first, last]) => change({ first: first ? ordinalOf(first) : 0, last: last ? ordinalOf(last) : 0 }), new AbortController().signal);
  draw();
  cancelAnimationFrame(waiting);
  drawRest();
}

startDashboard();
sayHeight();
