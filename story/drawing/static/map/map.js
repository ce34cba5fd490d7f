// The story on the map: places with their name chips, travel legs, outlined areas and mentioned names.
// streamlit-folium runs `dateline.attach(map, ...)` once and `dateline.show(map, story)` whenever the story changes. What
// is chosen comes from the page's own script, by `dateline.look(look)`, and what is done here goes to it as events.
(function () {
  "use strict";

  const EACH_HAS_A_MARKER = 60;
  // So often names are left out to make room for others; once where there are many, of which each round takes its time.
  const SHORTENED = 4;
  // How far the controls stand from the edge, and what is fitted from them.
  const CONTROLS_MARGIN = 12;
  // A view that takes in a way over the pole would show little else.
  const FARTHEST_NORTH = 75;
  // Keys by which Leaflet moves a map that has the focus.
  const MOVING = /^(Arrow\w+|[-+=_])$/;
  const root = document.documentElement;
  const state = { world: null, map: null, story: null, look: {}, viewKey: null, markers: new Map(), clustered: null };

  // ---- what the reader does: marked here at once, and handed on; the page's answer says which act it has seen last -------

  // After so long without an answer the page is taken to have lost what was done here.
  const LONGEST_MS = 10000;

  function tell(act, detail) {
    dateline.host.document.dispatchEvent(new CustomEvent(`dateline:${act}`, { detail }));
  }

  function choose(place, point) {
    const act = Math.max(state.look.act || 0, state.act || 0) + 1;
    Object.assign(state, { act, actedAt: performance.now() });
    // Before anything is drawn: the server works meanwhile.
    tell("choose", { act, place, point: point && [point.lat, point.lng] });
    mark({ ...state.look, selected: place, point });
  }

  // An answer to what was done before the last act would undo that one until its own answer comes.
  function outdated(look) {
    return (look.act || 0) < (state.act || 0) && performance.now() - state.actedAt < LONGEST_MS;
  }

  // ---- theme: the frame follows the page, which says light or dark by its color-scheme -------------------------------

  function followTheme(onChange) {
    const page = dateline.host.document.querySelector(".stApp");
    const dark = dateline.host.matchMedia("(prefers-color-scheme: dark)");
    const read = () => {
      // Where nothing has chosen one, it is the reader's own.
      const scheme = page ? getComputedStyle(page).colorScheme : dark.matches ? "dark" : "light";
      if (root.dataset.theme === scheme) return;
      root.dataset.theme = scheme;
      onChange();
    };
    read();
    if (page) new MutationObserver(read).observe(page, { attributes: true, attributeFilter: ["class", "style"] });
    dark.addEventListener("change", () => setTimeout(read));
  }

  // ---- small parts ---------------------------------------------------------------------------------------------------

  function element(tag, className, text) {
    const node = document.createElement(tag);
    if (className) node.className = className;
    if (text !== undefined) node.textContent = text;
    return node;
  }

  function chip(place) {
    const node = element("span", "chip");
    node.append(element("b", "count", String(place.count)), element("span", "name", place.name));
    for (const status of place.statuses) node.append(element("i", `glyph ${status}`));
    return node;
  }

  function placeIcon(place) {
    const box = element("div", "inner");
    const dot = element("i", "dot");
    dateline.paintDot(dot, place);
    box.append(element("i", "leader"), dot, chip(place));
    return L.divIcon({ className: "place", html: box, iconSize: null });
  }

  function placeMarker(place) {
    const marker = L.marker([place.latitude, place.longitude], { icon: placeIcon(place), keyboard: true, riseOnHover: true });
    marker.place = place;
    marker.on("add", () => {
      const node = marker.getElement();
      node.setAttribute("aria-label", place.label);
      node.classList.toggle("pale", place.pale);
      dateline.markChange(node, place);
      node.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        event.stopPropagation();
        marker.fire("click", { latlng: marker.getLatLng(), sourceTarget: marker }, true);
      });
      markChosen(marker);
      letDrag(marker);
    });
    // A name that was dragged is put where it was let go, on a map that stays as it is.
    marker.on("dragend", () => {
      state.untouched = false;
      const { lat, lng } = marker.getLatLng();
      tell("move", { place: place.id, latitude: lat, longitude: lng });
    });
    marker.on("click", () => choose(place.id, null));
    return marker;
  }

  function markChosen(marker) {
    const node = marker.getElement();
    if (!node) return;
    const chosen = marker.place.id === state.look.selected;
    node.classList.toggle("chosen", chosen);
    node.setAttribute("aria-pressed", String(chosen));
    marker.setZIndexOffset(chosen ? 10000 : 0);
  }

  // Countries and seas have no point that could be wrong.
  function letDrag(marker) {
    if (!marker.dragging) return;
    const wanted = state.look.editing && !["country", "sea", "area"].includes(marker.place.kind);
    marker.dragging[wanted ? "enable" : "disable"]();
  }

  function clusterIcon(cluster) {
    const events = cluster.getAllChildMarkers().reduce((sum, marker) => sum + marker.place.count, 0);
    const size = Math.round(22 + 7 * Math.log10(events + 1));
    const box = element("b", "", events.toLocaleString("en"));
    dateline.paintCluster(box, cluster.getAllChildMarkers().map((marker) => marker.place));
    box.append(element("span", "sr", ` events at ${cluster.getChildCount()} places`));
    return L.divIcon({ className: "cluster", html: box, iconSize: [size, size] });
  }

  // ---- which places are drawn, and where their names go ----------------------------------------------------------------

  function arrange(map) {
    const { story, places, clusters } = state;
    // While layers are being added the view is still the former one: `show` arranges once, when all is there.
    if (!story || state.drawing || !map._loaded) return;
    const bounds = map.getBounds();
    const inView = story.places.filter((place) => bounds.contains([place.latitude, place.longitude]));
    const clustered = inView.length >= EACH_HAS_A_MARKER;
    const wanted = clustered ? [] : inView;
    if (clustered !== state.clustered) {
      state.clustered = clustered;
      places.clearLayers();
      if (clustered) map.addLayer(clusters);
      else map.removeLayer(clusters);
    }
    if (!clustered) {
      const ids = new Set(wanted.map((place) => place.id));
      places.eachLayer((marker) => ids.has(marker.place.id) || places.removeLayer(marker));
      for (const place of wanted) {
        const marker = state.markers.get(place.id);
        if (!places.hasLayer(marker)) places.addLayer(marker);
      }
    }
    lift(clustered ? state.markers.get(state.look.selected) : undefined);
    placeChips(map, clustered);
    state.player.arranged();
  }

  // The chosen place stands for itself, never hidden in a cluster.
  function lift(marker) {
    const { places, clusters, lifted } = state;
    if (lifted === marker) return;
    state.lifted = marker;
    if (lifted) {
      if (state.clustered) places.removeLayer(lifted);
      clusters.addLayer(lifted);
    }
    if (marker) {
      clusters.removeLayer(marker);
      places.addLayer(marker);
    }
  }

  function placeChips(map, optional) {
    const shown = [...state.markers.values()].filter((marker) => marker.getElement());
    const size = map.getSize();
    const items = shown
      .map((marker) => {
        const node = marker.getElement();
        node.classList.remove("bare", "short");
        return { marker, node, ...point(map, marker) };
      })
      .filter(({ x, y }) => x > -20 && y > -20 && x < size.x + 20 && y < size.y + 20)
      .sort((a, b) => b.marker.place.count - a.marker.place.count || a.marker.place.name.localeCompare(b.marker.place.name));
    for (const item of items) item.optional = optional && item.marker.place.id !== state.look.selected;
    const lines = [];
    state.legs.eachLayer((leg) => leg.getLatLngs && leg.getLatLngs().forEach((p) => lines.push(map.latLngToContainerPoint(p))));
    const spots = spotsOf(items, lines, size, coveredBy(map));
    items.forEach(({ node, x, y, width, height }, i) => {
      const spot = spots[i];
      node.classList.toggle("bare", !spot);
      const left = spot ? spot.left - x : -9, top = spot ? spot.top - y : -9;
      node.style.marginLeft = `${left}px`;
      node.style.marginTop = `${top}px`;
      node.style.setProperty("--dot-x", `${-left}px`);
      node.style.setProperty("--dot-y", `${-top}px`);
      // The leader runs from the dot to the nearest point of the chip.
      const toX = Math.max(left, Math.min(0, left + width)), toY = Math.max(top, Math.min(0, top + height));
      node.style.setProperty("--leader", `${spot ? Math.hypot(toX, toY) : 0}px`);
      node.style.setProperty("--turn", `${Math.atan2(toY, toX)}rad`);
    });
  }

  // Names that find no room are left out, their counts stay: some at a time, for each leaves room to others.
  function spotsOf(items, lines, size, covered) {
    const rounds = items.length > EACH_HAS_A_MARKER ? 1 : SHORTENED;
    for (let round = 0; ; round++) {
      for (const item of items) [item.width, item.height] = [item.node.offsetWidth, item.node.offsetHeight];
      const spots = dateline.layoutChips(items, lines, size.x, size.y, covered);
      const crowded = items.filter(({ optional, node }, i) => !optional && spots[i].crowded && !node.classList.contains("short"));
      if (round === rounds || !crowded.length) return spots;
      for (const { node } of crowded.slice(-Math.max(1, Math.ceil(crowded.length / 2)))) node.classList.add("short");
    }
  }

  // Where controls and clusters lie over the map.
  function coveredBy(map) {
    const at = map.getContainer().getBoundingClientRect();
    const boxes = [...map.getContainer().querySelectorAll(".tools, .play-panel, .play-beside, .cluster")].map((node) => node.getBoundingClientRect());
    // The legend is the page's, and lies over the frame.
    const legend = dateline.host.document.querySelector(".st-key-legend")?.getBoundingClientRect();
    const frame = dateline.host === window ? new DOMRect() : window.frameElement?.getBoundingClientRect();
    if (legend && frame) boxes.push(new DOMRect(legend.x - frame.x, legend.y - frame.y, legend.width, legend.height));
    return boxes.map((box) => ({ left: box.left - at.left, top: box.top - at.top, right: box.right - at.left, bottom: box.bottom - at.top }));
  }

  function point(map, marker) {
    const { x, y } = map.latLngToContainerPoint(marker.getLatLng());
    return { x, y };
  }

  // ---- legs, areas, mentions ---------------------------------------------------------------------------------------------

  // A way gone twice is bent to the side, so that both its lines can be seen.
  function bend(points, bow) {
    if (!bow) return points.map(([latitude, longitude]) => L.latLng(latitude, longitude));
    const crs = L.CRS.EPSG3857;
    const flat = points.map(([latitude, longitude]) => crs.latLngToPoint(L.latLng(latitude, longitude), 8));
    const way = flat[flat.length - 1].subtract(flat[0]);
    const aside = L.point(-way.y, way.x).multiplyBy(0.05 * bow);
    return flat.map((p, i) => crs.pointToLatLng(p.add(aside.multiplyBy(Math.sin((Math.PI * i) / (flat.length - 1)))), 8));
  }

  function drawLeg(group, leg) {
    const points = bend(leg.points, leg.bow);
    const classes = `leg t${leg.colour}${leg.travelled ? "" : " planned"}`;
    L.polyline(points, { className: classes, interactive: false, smoothFactor: 0.5 }).addTo(group);
    const middle = Math.floor(points.length * 0.5);
    const crs = L.CRS.EPSG3857;
    const a = crs.latLngToPoint(points[Math.max(0, middle - 1)], 8);
    const b = crs.latLngToPoint(points[Math.min(points.length - 1, middle + 1)], 8);
    const arrow = element("i", `arrow t${leg.colour}`);
    arrow.style.transform = `rotate(${Math.atan2(b.y - a.y, b.x - a.x)}rad)`;
    const icon = L.divIcon({ className: "arrow-box", html: arrow, iconSize: [0, 0] });
    L.marker(points[middle], { icon, interactive: false, keyboard: false }).addTo(group);
  }

  function drawAreas(group, areas) {
    for (const area of areas) {
      const classes = `area t${area.colour}${area.happened ? "" : " planned"}`;
      const shape = area.polygons || (state.world && state.world.outline(area.country, area.longitude));
      if (!shape) continue;
      L.polygon(shape, { className: classes, interactive: false, smoothFactor: 1 }).addTo(group).place = area.place;
    }
  }

  function drawMention(group, mention) {
    const icon = L.divIcon({ className: "mention", html: element("span", "", mention.name), iconSize: [0, 0] });
    L.marker([mention.latitude, mention.longitude], { icon, interactive: false, keyboard: false }).addTo(group);
  }

  function redraw(map, story) {
    const { legs, unknown, areas, mentions, moves, places, clusters } = state;
    [legs, unknown, areas, mentions, moves, places, clusters].forEach((group) => group.clearLayers());
    dateline.drawCircles(map, story.places);
    state.markers = new Map(story.places.map((place) => [place.id, placeMarker(place)]));
    state.clustered = null;
    state.lifted = undefined;
    map.removeLayer(clusters);
    clusters.addLayers([...state.markers.values()]);
    drawAreas(areas, story.areas);
    story.legs.forEach((leg) => drawLeg(legs, leg));
    story.moves.forEach((move) => dateline.drawMove(moves, move));
    story.unknown.forEach((line) => L.polyline(line.points, { className: `leg unknown t${line.colour}`, interactive: false }).addTo(unknown));
    story.mentions.forEach((mention) => drawMention(mentions, mention));
  }

  function move(map, view) {
    if (!view) return false;
    // Of one wish only the places change, as when a filter leaves others: that moves no map which the reader has moved.
    const bounds = String(view.bounds);
    if (view.key === state.viewKey && (bounds === state.fitted || !state.untouched)) return false;
    const still = state.viewKey === null || window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    Object.assign(state, { viewKey: view.key, fitted: bounds, untouched: true });
    fit(map, view, still);
    return true;
  }

  // All that is left of the story, whatever is chosen.
  function fitStory(map, below = 0) {
    const { places, legs } = state.story || { places: [] };
    if (!places.length) return;
    const ways = legs.flatMap((leg) => leg.points).filter(([latitude]) => Math.abs(latitude) < FARTHEST_NORTH);
    const bounds = L.latLngBounds([...places.map(({ latitude, longitude }) => [latitude, longitude]), ...ways]);
    const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    state.untouched = true;
    fit(map, { bounds, zoom: places.length === 1 ? 6 : 9 }, still, below);
  }

  // `below` is how many pixels at the lower edge are covered.
  function fit(map, view, still, below = 0) {
    const padding = Math.min(70, map.getSize().x / 8);
    // What lies under the controls or the legend would not be seen.
    const tools = map.getContainer().querySelector(".tools")?.offsetWidth || 0;
    const corner = [Math.max(padding, Math.min(tools + 2 * CONTROLS_MARGIN, map.getSize().x / 4)), Math.max(padding + below, dateline.legendHeight())];
    map.fitBounds(view.bounds, { paddingTopLeft: [padding, padding], paddingBottomRight: corner, maxZoom: view.zoom, animate: !still, duration: 0.6 });
  }

  function drawPoint(map, point) {
    if (state.point) state.point.remove();
    state.point = point && L.circleMarker(point, { radius: 6, className: "point", interactive: false }).addTo(map);
  }

  // The page's own font, which a frame does not inherit; names take other room in it.
  function readIn(map, address) {
    if (!address) return;
    const font = new FontFace("Source Sans", `url("${address}")`, { weight: "100 900" });
    document.fonts.add(font);
    font.load().then(() => arrange(map), () => {});
  }

  // ---- what streamlit-folium calls -----------------------------------------------------------------------------------------

  function attach(map, options) {
    state.map = map;
    state.base = null;
    // streamlit-folium reports every view of the map unless it takes this for what it has reported last.
    if (window.__GLOBAL_DATA__) window.__GLOBAL_DATA__.previous_data = {};
    for (const name of ["areas", "legs", "moves", "places"]) state[name] = L.featureGroup().addTo(map);
    state.mentions = L.featureGroup();
    state.unknown = L.featureGroup();
    state.clusters = L.markerClusterGroup({
      maxClusterRadius: 72, showCoverageOnHover: false, animate: false, iconCreateFunction: clusterIcon,
      spiderfyOnMaxZoom: true, chunkedLoading: false,
    });
    map.attributionControl.setPrefix(false).addAttribution("Natural Earth");
    const tiles = options.tiles && L.tileLayer(options.tiles, { attribution: options.tilesAttribution, maxZoom: 19 });
    const moved = () => { state.untouched = false; };
    const tools = dateline.addControls(map, {
      overlays: {
        Itineraries: state.legs, "Between trips, not known how": state.unknown,
        "Mentioned places": state.mentions, ...(tiles && { "Online map": tiles }),
      },
      fit: () => fitStory(map),
      play: () => state.player.toggle(),
      moved,
    });
    state.player = dateline.makePlayer(map, state, {
      chip, placeIcon, bend, fit: (below) => fitStory(map, below), arrange: () => arrange(map), button: () => tools.querySelector(".play"),
    });
    readIn(map, options.font);
    map.on("moveend zoomend layeradd", L.Util.throttle(() => arrange(map), 60));
    map.setMinZoom(1).setMaxZoom(18);
    // The second click of a double click zooms.
    map.on("click", ({ latlng, originalEvent }) => { if (originalEvent.detail < 2) choose("", latlng); });
    // The frame gets its true size late and changes it with the window: until the reader moves the map, it fits anew.
    map.on("dragstart boxzoomstart dblclick", moved);
    map.getContainer().addEventListener("wheel", moved, { passive: true });
    map.getContainer().addEventListener("touchstart", (event) => { if (event.touches.length > 1) moved(); }, { passive: true });
    map.getContainer().addEventListener("keydown", (event) => { if (MOVING.test(event.key)) moved(); });
    new ResizeObserver(() => {
      map.invalidateSize({ animate: false });
      if (state.untouched && state.look.view) fit(map, state.look.view, true);
      arrange(map);
    }).observe(map.getContainer());
    map.getContainer().setAttribute("aria-label", "Map of the story's places");
    // Keys that are the page's do not leave its frame by themselves.
    if (dateline.host !== window) document.addEventListener("keydown", (event) => {
      if (!["Escape", "?"].includes(event.key) || event.target.matches("input:not([type=range]), select")) return;
      dateline.host.document.dispatchEvent(new KeyboardEvent("keydown", { key: event.key, cancelable: true }));
    });
    // Without an address the page itself has said that the base map is missing.
    if (options.world) dateline.loadWorld(options.world).then((world) => {
      state.world = world;
      state.base = dateline.worldLayer(world, options.coast, { zIndex: 0, keepBuffer: 4 }).addTo(map);
      if (state.story) drawAreas(state.areas.clearLayers(), state.story.areas);
    }).catch(() => {
      map.attributionControl.addAttribution('<b role="alert">Land and borders could not be loaded; reload the page.</b>');
    });
    followTheme(() => { state.base?.redraw(); state.player.redraw(); });
  }

  function show(map, story) {
    state.coming = story;
    look(dateline.host.datelineLook);
  }

  // How a story is looked at: what is chosen in it, and the view that is wished. The story and its look come by two ways;
  // whichever is first waits for the other, so that no story is seen at the former one's view.
  function look(given) {
    const { coming } = state;
    if (!coming || !given || given.key !== coming.key) return;
    const redrawn = !state.story || state.story.key !== coming.key;
    state.drawing = true;
    if (redrawn) redraw(state.map, coming);
    state.story = coming;
    root.dataset.story = coming.key;
    if (!outdated(given)) mark(given);
    const moved = move(state.map, state.look.view);
    state.drawing = false;
    if (redrawn || moved || state.clustered) arrange(state.map);
    state.markers.forEach(letDrag);
    state.player.shown(coming);
    root.classList.toggle("editing", Boolean(state.look.editing));
  }

  function mark(wanted) {
    const former = state.look.selected;
    state.look = wanted;
    drawPoint(state.map, wanted.point);
    // Among clusters the chosen place stands for itself.
    if (state.clustered) arrange(state.map);
    for (const id of [former, wanted.selected]) if (state.markers.has(id)) markChosen(state.markers.get(id));
  }

  window.dateline = Object.assign(window.dateline || {}, { attach, show, look });
})();
