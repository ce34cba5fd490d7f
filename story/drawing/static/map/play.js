// Plays the story on its map, event by event or by what was known on which day. What is needed is fetched once and kept;
// what is to be seen at a step is worked out in moments.js, and ways and travellers are drawn on a canvas under the names.
(function () {
  "use strict";

  const PACES = { time: 1400, known: 2800 }; // milliseconds a step
  const LONGEST = 120000; // a whole story takes no longer at normal speed
  const MOVING = 0.7; // the share of a step that travellers are on their way
  const MOST_HEARD = 6, MOST_NEWS = 6;
  const MOST_FORMER = 20;
  const NARROW = 560;
  const SPEEDS = [[0.5, "½ ×"], [1, "1 ×"], [2, "2 ×"], [4, "4 ×"]];
  const WINDOWS = [[Infinity, "All so far"], [7, "Last 7 days"], [30, "Last 30 days"], [365, "Last year"]];
  const REFERENCE_ZOOM = 8;

  const still = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const ease = (t) => (t < 0.5 ? 2 * t * t : 1 - 2 * (1 - t) * (1 - t));

  function element(tag, className, ...inside) {
    const node = document.createElement(tag);
    if (className) node.className = className;
    node.append(...inside);
    return node;
  }

  /** `map` and `state` are map.js's own; `tools` what it lets others use: chip, placeIcon, bend, fit, arrange, button. */
  function makePlayer(map, state, tools) {
    let panel = null; // the parts of the control, while it is open
    let story = null, moment = null, spots = [];
    let mode = "time", step = 0, progress = 1, speed = 1, span = Infinity, playing = false, jumped = 0;
    let frame = 0, before = 0, saved = null, address = "", colours = null, widest = null;
    const ways = new Map(), former = [];

    // ---- opening and closing ---------------------------------------------------------------------------------------

    async function toggle() {
      if (panel) return close();
      const wanted = state.story?.play;
      if (!wanted) return;
      panel = makePanel();
      panel.caption.textContent = "Loading the story …";
      show(true);
      try {
        if (address !== wanted) {
          const read = dateline.readPlay(await dateline.fetchPlay(wanted));
          address = wanted;
          story = read;
        }
      } catch {
        if (panel) panel.caption.textContent = "The story could not be loaded to be played. Reload the page and try again.";
        return;
      }
      if (panel) begin();
    }

    function begin() {
      if (!story.timed && !story.days.length) {
        panel.caption.textContent = "There is nothing to play: no event has a date.";
        return;
      }
      spots = spotsOf();
      ways.clear();
      widest = widestOf();
      if (!state.clustered) addFormer();
      panel.ready(story);
      setMode(story.timed ? mode : "known");
      if (!story.days.length) setMode("time");
      tools.fit(panel.node.offsetHeight);
      tools.arrange();
      play();
    }

    function show(on) {
      const page = dateline.host.document.documentElement;
      document.documentElement.classList.toggle("playing", on);
      page.toggleAttribute("data-playing", on);
      tools.button().setAttribute("aria-pressed", String(on));
      if (on) {
        saved = { centre: map.getCenter(), zoom: map.getZoom(), untouched: state.untouched, viewKey: state.viewKey };
        map.getContainer().append(panel.node);
        map.getContainer().append(panel.beside);
        panel.toggle.focus({ preventScroll: true });
        measured.observe(panel.node);
      } else {
        measured.disconnect();
        for (const root of [page, document.documentElement]) root.style.removeProperty("--play-height");
        panel.node.remove();
        panel.beside.remove();
        panel = null;
      }
    }

    const measured = new ResizeObserver(() => {
      const height = panel ? `${panel.node.offsetHeight + 8}px` : "0px";
      for (const root of [dateline.host.document.documentElement, document.documentElement]) root.style.setProperty("--play-height", height);
    });

    /** Ends it, and leaves the map as it was found; where the page has asked for another view since, with that. */
    function close() {
      if (!panel) return;
      const had = panel.node.contains(document.activeElement);
      pause();
      show(false);
      moment = null;
      draw();
      former.splice(0).forEach((marker) => {
        marker.remove();
        state.markers.delete(marker.place.id);
      });
      state.markers.forEach((marker) => undress(marker));
      state.areas.eachLayer((area) => area.getElement?.()?.classList.remove("unseen", "ahead"));
      if (saved.viewKey === state.viewKey) {
        map.setView(saved.centre, saved.zoom, { animate: false });
        state.untouched = saved.untouched;
      }
      tools.arrange();
      if (had) tools.button().focus({ preventScroll: true });
    }

    /** The page has shown something: another story, or another filter, ends what was played of the former one. */
    function shown(of) {
      if (panel && address && of.play !== address) {
        saved.viewKey = null;
        close();
      } else if (panel && moment) apply();
    }

    // Places that events were expected at once have a name while it plays, and cannot be chosen.
    function addFormer() {
      for (const { id, name, spot, marked } of spots) {
        if (marked || former.length >= MOST_FORMER) continue;
        const place = { id, name, latitude: spot[0], longitude: spot[1], count: 0, statuses: [], label: name, kind: "" };
        const marker = L.marker(spot, { icon: tools.placeIcon(place), interactive: false, keyboard: false });
        former.push(Object.assign(marker, { place }));
        state.markers.set(id, marker.addTo(map));
      }
    }

    // ---- time ------------------------------------------------------------------------------------------------------

    const count = () => (mode === "known" ? story.days.length : story.timed);
    const pace = () => Math.min(PACES[mode], LONGEST / count()) / speed;

    function play() {
      if (step >= count() - 1 && progress >= 1) goTo(0);
      playing = true;
      panel.show();
      run();
    }

    function pause() {
      playing = false;
      panel?.show();
    }

    function run() {
      if (frame) return;
      before = performance.now();
      frame = requestAnimationFrame(tick);
    }

    function tick(now) {
      frame = 0;
      if (!panel || !moment) return;
      progress += Math.min(now - before, 1000) / pace();
      before = now;
      const former = step;
      while (playing && progress >= 1 && step < count() - 1) {
        step += 1;
        progress -= 1;
      }
      if (step !== former) {
        jumped = 0;
        apply();
      }
      if (progress >= 1) {
        progress = 1;
        if (playing) pause();
      }
      // Between two steps only travellers move.
      if (moment.ways?.some((way) => way.moving)) drawTop();
      // By hand a step is shown until its travellers have come; while it plays there is always a next one.
      if (playing || (progress < MOVING && !still())) frame = requestAnimationFrame(tick);
    }

    function goTo(wanted, { moving = false } = {}) {
      step = Math.max(0, Math.min(count() - 1, wanted));
      progress = moving && !still() ? 0 : playing ? 0 : 1;
      jumped = 0;
      apply();
      run();
    }

    function stepBy(by) {
      pause();
      goTo(step + by, { moving: by > 0 });
    }

    function goToDay(day) {
      pause();
      goTo(dateline.stepOn(story, mode, day));
      jumped = day;
      panel.show();
    }

    function setMode(wanted) {
      mode = wanted;
      panel.modes[mode].checked = true;
      goTo(0);
    }

    // ---- one step --------------------------------------------------------------------------------------------------

    function apply() {
      moment = mode === "known" ? dateline.knownAt(story, step) : dateline.timeAt(story, step, span);
      dress();
      panel.show();
      draw();
    }

    function dress() {
      const seen = new Map();
      moment.places.forEach((there, number) => seen.set(story.places[number][0], there));
      state.markers.forEach((marker, id) => {
        const node = marker.getElement();
        if (!node) return;
        const there = seen.get(id);
        if (!there) putChip(marker, 0, []);
        node.classList.toggle("unseen", !there);
        node.classList.toggle("ahead", Boolean(there?.ahead));
        node.classList.toggle("now", Boolean(there?.now));
        if (!there) return;
        const statuses = dateline.STATUSES.filter((status) => there.statuses.has(status));
        if (marker.options.interactive && boxOf(marker).dataset.said !== chipOf(there.count, statuses)) node.setAttribute("aria-label", `${marker.place.name}: ${there.count.toLocaleString("en")} event${there.count === 1 ? "" : "s"}`);
        putChip(marker, there.count, statuses);
      });
      state.areas.eachLayer((area) => {
        const there = seen.get(area.place);
        area.getElement?.()?.classList.toggle("unseen", !there);
        area.getElement?.()?.classList.toggle("ahead", Boolean(there?.ahead));
      });
    }

    // The icon's own box, which outlives the marker's element: a marker out of view has none.
    const boxOf = (marker) => marker.options.icon.options.html;

    const chipOf = (count, statuses) => `${count} ${statuses.join(" ")}`;

    // A chip is as wide from the first step as it will ever be, so that the names stay where they are.
    function putChip(marker, count, statuses) {
      const box = boxOf(marker);
      const said = chipOf(count, statuses);
      if (box.dataset.said === said) return;
      box.dataset.said = said;
      if (!marker.widest) {
        box.querySelector(".chip").replaceWith(tools.chip({ ...marker.place, count: widest.get(marker.place.id)?.count ?? 0, statuses: widest.get(marker.place.id)?.statuses ?? [] }));
        marker.widest = box.querySelector(".chip").offsetWidth;
      }
      const chip = tools.chip({ ...marker.place, count, statuses });
      if (marker.widest) chip.style.minWidth = `${marker.widest}px`;
      box.querySelector(".chip").replaceWith(chip);
    }

    function undress(marker) {
      const node = marker.getElement(), box = boxOf(marker);
      node?.classList.remove("unseen", "ahead", "now");
      node?.setAttribute("aria-label", marker.place.label);
      marker.widest = 0;
      delete box.dataset.said;
      box.querySelector(".chip").replaceWith(tools.chip(marker.place));
    }

    // Place id -> all that ever stands on its chip.
    function widestOf() {
      const found = new Map();
      for (const { states } of story.events) {
        for (const { place, status, shown: left } of states) {
          if (place < 0 || !left) continue;
          const { id } = spots[place];
          const there = found.get(id) ?? { count: 0, statuses: [] };
          there.count += 1;
          if (!there.statuses.includes(dateline.STATUSES[status])) there.statuses.push(dateline.STATUSES[status]);
          found.set(id, there);
        }
      }
      return found;
    }

    // ---- the canvas ------------------------------------------------------------------------------------------------

    const pane = map.createPane("play");
    pane.style.zIndex = 450;
    const [base, top] = [element("canvas", "play-canvas"), element("canvas", "play-canvas")];
    pane.append(base, top);

    // Where the layer has a place it stays; others lie as near to its middle as they can.
    function spotsOf() {
      const placed = new Map(state.story.places.map((place) => [place.id, place]));
      const longitudes = state.story.places.map((place) => place.longitude);
      const middle = longitudes.length ? (Math.min(...longitudes) + Math.max(...longitudes)) / 2 : 0;
      return story.places.map(([id, name, latitude, longitude]) => {
        const known = placed.get(id);
        const spot = known ? [known.latitude, known.longitude] : [latitude, longitude + 360 * Math.round((middle - longitude) / 360)];
        return { id, name, spot, flat: flat(spot), marked: Boolean(known) };
      });
    }

    const flat = ([latitude, longitude]) => L.CRS.EPSG3857.latLngToPoint(L.latLng(latitude, longitude), REFERENCE_ZOOM);

    // A way as points of the reference zoom, and how far along each of them lies.
    function wayOf({ who, start, end, from, to, points: bySea }, bow) {
      const key = `${who} ${start} ${end} ${from} ${to} ${bow}`;
      let way = ways.get(key);
      if (way) return way;
      const [a, b] = [spots[from].spot, spots[to].spot];
      const turn = bySea ? 360 * Math.round((a[1] - bySea[0][1]) / 360) : 0;
      const line = tools.bend(bySea ? bySea.map(([latitude, longitude]) => [latitude, longitude + turn]) : dateline.greatCircle(a, b), bow);
      const points = line.map(({ lat, lng }) => flat([lat, lng]));
      const along = [0];
      for (let i = 1; i < points.length; i++) along.push(along[i - 1] + points[i].distanceTo(points[i - 1]));
      ways.set(key, way = { points, along });
      return way;
    }

    function pointOn({ points, along }, share) {
      const target = share * along[along.length - 1];
      let i = 1;
      while (i < along.length - 1 && along[i] < target) i += 1;
      const part = along[i] > along[i - 1] ? (target - along[i - 1]) / (along[i] - along[i - 1]) : 1;
      return points[i - 1].add(points[i].subtract(points[i - 1]).multiplyBy(part));
    }

    // A way gone twice is drawn as two curves side by side.
    function withBows(legs) {
      const between = new Map();
      return legs.map((leg) => {
        const pair = [Math.min(leg.from, leg.to), Math.max(leg.from, leg.to)].join();
        const times = between.get(pair) ?? 0;
        between.set(pair, times + 1);
        return { ...leg, way: wayOf(leg, times * (leg.from < leg.to ? 1 : -1)) };
      });
    }

    function context(canvas) {
      const { x, y } = map.getSize(), ratio = window.devicePixelRatio || 1;
      if (canvas.width !== Math.round(x * ratio) || canvas.height !== Math.round(y * ratio)) {
        Object.assign(canvas, { width: Math.round(x * ratio), height: Math.round(y * ratio) });
        Object.assign(canvas.style, { width: `${x}px`, height: `${y}px` });
      }
      L.DomUtil.setPosition(canvas, map.containerPointToLayerPoint([0, 0]));
      const drawing = canvas.getContext("2d");
      drawing.setTransform(ratio, 0, 0, ratio, 0, 0);
      drawing.clearRect(0, 0, x, y);
      return drawing;
    }

    // From the reference zoom to pixels of the map as it stands.
    function view() {
      const scale = map.options.crs.scale(map.getZoom()) / map.options.crs.scale(REFERENCE_ZOOM);
      const { min } = map.getPixelBounds();
      return (point) => ({ x: point.x * scale - min.x, y: point.y * scale - min.y });
    }

    function ink() {
      const style = getComputedStyle(document.documentElement);
      const read = (name) => style.getPropertyValue(`--${name}`).trim();
      return { theme: document.documentElement.dataset.theme, travellers: [...Array(8)].map((_, i) => read(`t${i}`)), ink: read("ink"), card: read("card"), accent: read("accent"), font: read("sans") };
    }

    const colourOf = (who) => colours.travellers[Math.min(7, story.who[who][1])];

    function draw() {
      const drawing = context(base);
      context(top);
      if (!moment) return;
      if (colours?.theme !== document.documentElement.dataset.theme) colours = ink();
      moment.ways = moment.ways ?? withBows(moment.legs);
      const seen = view();
      for (const leg of moment.ways) if (!leg.moving) stroke(drawing, leg, seen, 0, 1, leg.kind);
      moment.places.forEach((there, number) => drawPlace(drawing, spots[number], there, seen));
      drawTop();
    }

    function stroke(drawing, leg, seen, from, to, kind) {
      const { points, along } = leg.way;
      const length = along[along.length - 1];
      drawing.beginPath();
      const start = seen(from ? pointOn(leg.way, from) : points[0]);
      drawing.moveTo(start.x, start.y);
      for (let i = 1; i < points.length; i++) {
        if (along[i] <= from * length || along[i] >= to * length) continue;
        const { x, y } = seen(points[i]);
        drawing.lineTo(x, y);
      }
      const end = seen(pointOn(leg.way, to));
      drawing.lineTo(end.x, end.y);
      drawing.setLineDash(kind === "done" ? [] : kind === "plan" ? [5, 5] : [2, 6]);
      Object.assign(drawing, { strokeStyle: colourOf(leg.who), lineWidth: 2, globalAlpha: kind === "ahead" ? 0.75 : 1 });
      drawing.stroke();
      Object.assign(drawing, { globalAlpha: 1 });
      drawing.setLineDash([]);
    }

    // Where each place has a marker, none needs to be drawn.
    function drawPlace(drawing, { name, flat: at, id }, there, seen) {
      if (!state.clustered && state.markers.has(id)) return;
      const { x, y } = seen(at);
      const radius = Math.min(14, 3 + 1.6 * Math.sqrt(there.count));
      drawing.beginPath();
      drawing.arc(x, y, radius, 0, 2 * Math.PI);
      Object.assign(drawing, { fillStyle: there.ahead ? colours.card : colours.ink, strokeStyle: there.now ? colours.accent : there.ahead ? colours.ink : colours.card, lineWidth: there.now ? 3 : 1.5 });
      drawing.setLineDash(there.ahead && !there.now ? [2, 2] : []);
      drawing.fill();
      drawing.stroke();
      drawing.setLineDash([]);
      if (there.now) write(drawing, name, x + radius + 5, y);
    }

    function write(drawing, text, x, y) {
      Object.assign(drawing, { font: `600 13px ${colours.font}`, textBaseline: "middle", lineJoin: "round", lineWidth: 4, strokeStyle: colours.card, fillStyle: colours.ink });
      drawing.strokeText(text, x, y);
      drawing.fillText(text, x, y);
    }

    function drawTop() {
      if (!moment?.ways) return;
      const drawing = context(top), seen = view();
      const share = still() ? 1 : ease(Math.min(1, progress / MOVING));
      const moving = new Map();
      for (const leg of moment.ways) {
        if (!leg.moving) continue;
        if (share < 1) stroke(drawing, leg, seen, share, 1, "ahead");
        if (share > 0) stroke(drawing, leg, seen, 0, share, leg.kind);
        moving.set(leg.who, leg);
      }
      const crowd = new Map();
      for (const [who, number] of moment.at) {
        if (!travels().has(who)) continue;
        const leg = moving.get(who);
        const place = story.events[number].final.place;
        const among = crowd.get(place) ?? 0;
        crowd.set(place, among + 1);
        const { x, y } = seen(leg ? pointOn(leg.way, share) : spots[place].flat);
        // Who is at a place stands round its dot, who comes there takes their place as they arrive.
        const turn = -Math.PI / 2 + among * 1.05, off = (leg ? share : 1) * (9 + 7 * Math.floor(among / 6));
        drawTraveller(drawing, who, x + Math.cos(turn) * off, y + Math.sin(turn) * off, Boolean(leg) && share < 1);
      }
    }

    function drawTraveller(drawing, who, x, y, named) {
      drawing.beginPath();
      drawing.arc(x, y, 6, 0, 2 * Math.PI);
      Object.assign(drawing, { fillStyle: colourOf(who), strokeStyle: colours.card, lineWidth: 2 });
      drawing.fill();
      drawing.stroke();
      if (named) write(drawing, story.who[who][0], x + 11, y);
    }

    // Those with a way; whoever is only ever at one place is told of in words.
    function travels() {
      if (!story.travels) story.travels = new Set(story.legs.map((leg) => leg.who));
      return story.travels;
    }

    // A click on a dot that has no marker of its own now is one on its place.
    function chooseDot(event) {
      if (!moment || !state.clustered || map.dragging.moved() || event.target.closest(".place, .play-panel, .play-beside, .tools")) return;
      const seen = view(), at = map.mouseEventToContainerPoint(event);
      let off = window.matchMedia("(pointer: coarse)").matches ? 24 : 12, marker = null;
      moment.places.forEach((_, number) => {
        const { x, y } = seen(spots[number].flat);
        if (Math.hypot(x - at.x, y - at.y) >= off || !spots[number].marked) return;
        off = Math.hypot(x - at.x, y - at.y);
        marker = state.markers.get(spots[number].id);
      });
      if (!marker) return;
      event.stopPropagation();
      pause();
      marker.fire("click", { latlng: marker.getLatLng(), sourceTarget: marker }, true);
    }

    // ---- the control -----------------------------------------------------------------------------------------------

    function makePanel() {
      const part = dateline.makePlayPanel({
        speeds: SPEEDS, windows: WINDOWS,
        acts: {
          toggle: () => (playing ? pause() : play()),
          step: stepBy,
          first: () => { pause(); goTo(0); },
          last: () => { pause(); goTo(count() - 1); },
          scrub: (to) => { pause(); goTo(to); },
          day: goToDay,
          mode: (wanted) => { const was = playing; pause(); setMode(wanted); if (was) play(); },
          speed: (wanted) => { speed = wanted; },
          window: (wanted) => { span = wanted; apply(); },
          close,
        },
      });
      part.beside.open = map.getSize().x >= NARROW;
      part.show = () => part.update(said());
      return part;
    }

    const dayName = (day) => dateline.isoDay(day);

    function said() {
      if (!moment) return { playing, mode, step: 0, count: 0, caption: null, lines: [] };
      const common = { playing, mode, step, count: count(), day: dateline.dayOf(story, mode, step), quick: playing && pace() < 1200, over: !playing && step === count() - 1 };
      return mode === "known" ? { ...common, ...newlyKnown() } : { ...common, ...happening() };
    }

    const placeName = (state) => (state.place >= 0 ? spots[state.place].name : "");

    function happening() {
      const { final } = story.events[step];
      const caption = { when: final.when, title: final.title, rest: [placeName(final), final.status ? dateline.STATUSES[final.status] : ""] };
      if (jumped && jumped !== final.first) caption.lead = `${dayName(jumped)}: last before it, `;
      if (step === count() - 1 && story.undated) caption.rest.push(`${story.undated.toLocaleString("en")} without a date not played`);
      const heard = [...moment.at].sort((a, b) => b[1] - a[1]);
      const lines = heard.slice(0, MOST_HEARD).map(([who, number]) => {
        const { final: there } = story.events[number];
        const doubt = there.status ? `, ${dateline.STATUSES[there.status]}` : "";
        return { colour: story.who[who][1], title: story.who[who][0], rest: `${placeName(there)}, ${there.when}${doubt}` };
      });
      return { caption, heading: "Last heard of", lines, more: heard.length - lines.length };
    }

    function newlyKnown() {
      const [day, words] = story.days[step];
      const changes = moment.now.length;
      const caption = { when: `As known on ${words}`, title: `${changes.toLocaleString("en")} event${changes === 1 ? "" : "s"} new or changed`, rest: [] };
      if (jumped && jumped !== day) caption.lead = `${dayName(jumped)}: nothing new. `;
      const lines = moment.now.slice(0, MOST_NEWS).map((number) => {
        const event = story.events[number];
        const now = dateline.stateOn(event, day), was = dateline.stateOn(event, day - 1);
        const tell = (state) => [placeName(state), state.when, dateline.STATUSES[state.status]];
        const former = was ? tell(was).filter((word, i) => word && word !== tell(now)[i]) : [];
        return { status: dateline.STATUSES[now.status], title: now.title, rest: tell(now).filter(Boolean).join(", "), was: former.join(", ") };
      });
      return { caption, heading: "New on this day", lines, more: changes - lines.length };
    }

    // ---- what happens around ---------------------------------------------------------------------------------------

    map.on("move resize viewreset", () => { if (moment) draw(); });
    map.on("zoomstart", () => { pane.style.visibility = "hidden"; });
    map.on("zoomend", () => { pane.style.visibility = ""; if (moment) draw(); });
    map.getContainer().addEventListener("click", chooseDot, true);
    const chosen = (event) => { if (panel && event.target.closest?.(".place")) pause(); };
    map.getContainer().addEventListener("click", chosen, true);
    map.getContainer().addEventListener("keydown", (event) => { if (["Enter", " "].includes(event.key)) chosen(event); }, true);
    window.addEventListener("pagehide", () => dateline.host.document.documentElement.removeAttribute("data-playing"));

    return { toggle, close, shown, arranged: () => { if (moment) { dress(); draw(); } }, redraw: () => { if (moment) draw(); } };
  }

  async function fetchPlay(address) {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  }

  window.dateline = Object.assign(window.dateline || {}, { makePlayer, fetchPlay });
})();
