// The story on the map: places with their name chips, travel legs, outlined areas and mentioned names.
// streamlit-folium runs `dateline.attach(map, ...)` once and `dateline.show(map, story)` whenever the story changes; the
// layers live on between two calls, so that choosing a place does not draw everything anew.
(function () {
  "use strict";

  const EACH_HAS_A_MARKER = 60;
  const root = document.documentElement;
  const state = { world: null, story: null, viewKey: null, markers: new Map(), clustered: null };

  // ---- theme: the frame follows the page, which says light or dark by its color-scheme -------------------------------

  function followTheme(onChange) {
    const page = window.parent.document.querySelector(".stApp");
    const read = () => {
      const scheme = page ? getComputedStyle(page).colorScheme : "light";
      if (root.dataset.theme === scheme) return;
      root.dataset.theme = scheme;
      onChange();
    };
    read();
    if (page) new MutationObserver(read).observe(page, { attributes: true, attributeFilter: ["class", "style"] });
    window.parent.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => setTimeout(read));
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

  function placeMarker(place) {
    const box = element("div", "inner");
    box.append(element("i", "leader"), element("i", "dot"), chip(place));
    const icon = L.divIcon({ className: "place", html: box, iconSize: null });
    const marker = L.marker([place.latitude, place.longitude], { icon, keyboard: true, riseOnHover: true });
    marker.place = place;
    // streamlit-folium hands a clicked layer's feature back to the page: this is how it learns which place it was.
    marker.feature = { type: "Feature", properties: { place: place.id } };
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
    // A name that was dragged is put where it was let go: the page's own script hands that on.
    marker.on("dragend", () => {
      const { lat, lng } = marker.getLatLng();
      const detail = { place: place.id, latitude: lat, longitude: lng };
      window.parent.document.dispatchEvent(new CustomEvent("dateline:move", { detail }));
    });
    marker.on("click", () => {
      state.story.selected = place.id;
      state.markers.forEach(markChosen);
    });
    return marker;
  }

  function markChosen(marker) {
    const node = marker.getElement();
    if (!node) return;
    const chosen = marker.place.id === state.story.selected;
    node.classList.toggle("chosen", chosen);
    node.setAttribute("aria-pressed", String(chosen));
    marker.setZIndexOffset(chosen ? 10000 : 0);
  }

  // Countries and seas have no point that could be wrong.
  function letDrag(marker) {
    if (!marker.dragging) return;
    const wanted = state.story.editing && !["country", "sea", "area"].includes(marker.place.kind);
    marker.dragging[wanted ? "enable" : "disable"]();
  }

  function clusterIcon(cluster) {
    const events = cluster.getAllChildMarkers().reduce((sum, marker) => sum + marker.place.count, 0);
    const size = Math.round(22 + 7 * Math.log10(events + 1));
    const box = element("b", "", events.toLocaleString("en"));
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
    lift(clustered ? state.markers.get(story.selected) : undefined);
    placeChips(map, clustered);
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
        node.classList.remove("bare");
        return { marker, node, ...point(map, marker) };
      })
      .filter(({ x, y }) => x > -20 && y > -20 && x < size.x + 20 && y < size.y + 20)
      .sort((a, b) => b.marker.place.count - a.marker.place.count || a.marker.place.name.localeCompare(b.marker.place.name));
    for (const item of items) {
      item.width = item.node.offsetWidth;
      item.height = item.node.offsetHeight;
      item.optional = optional && item.marker.place.id !== state.story.selected;
    }
    const lines = [];
    state.legs.eachLayer((leg) => leg.getLatLngs && leg.getLatLngs().forEach((p) => lines.push(map.latLngToContainerPoint(p))));
    const spots = dateline.layoutChips(items, lines.slice(0, 2000), size.x, size.y);
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
      if (shape) L.polygon(shape, { className: classes, interactive: false, smoothFactor: 1 }).addTo(group);
    }
  }

  function drawMention(group, mention) {
    const icon = L.divIcon({ className: "mention", html: element("span", "", mention.name), iconSize: [0, 0] });
    L.marker([mention.latitude, mention.longitude], { icon, interactive: false, keyboard: false }).addTo(group);
  }

  function redraw(map, story) {
    const { legs, areas, mentions, moves, places, clusters } = state;
    [legs, areas, mentions, moves, places, clusters].forEach((group) => group.clearLayers());
    state.markers = new Map(story.places.map((place) => [place.id, placeMarker(place)]));
    state.clustered = null;
    state.lifted = undefined;
    map.removeLayer(clusters);
    clusters.addLayers([...state.markers.values()]);
    drawAreas(areas, story.areas);
    story.legs.forEach((leg) => drawLeg(legs, leg));
    story.moves.forEach((move) => dateline.drawMove(moves, move));
    story.mentions.forEach((mention) => drawMention(mentions, mention));
  }

  function move(map, view) {
    if (!view || view.key === state.viewKey) return;
    const still = state.viewKey === null || window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    state.viewKey = view.key;
    state.untouched = true;
    fit(map, view, still);
  }

  function fit(map, view, still) {
    const padding = Math.min(70, map.getSize().x / 8);
    map.fitBounds(view.bounds, { padding: [padding, padding], maxZoom: view.zoom, animate: !still, duration: 0.6 });
  }

  function drawPoint(map, point) {
    if (state.point) state.point.remove();
    state.point = point && L.circleMarker(point, { radius: 6, className: "point", interactive: false }).addTo(map);
  }

  // ---- what streamlit-folium calls -----------------------------------------------------------------------------------------

  function attach(map, options) {
    state.base = null;
    for (const name of ["areas", "legs", "moves", "places"]) state[name] = L.featureGroup().addTo(map);
    state.mentions = L.featureGroup();
    state.clusters = L.markerClusterGroup({
      maxClusterRadius: 46, showCoverageOnHover: false, animate: false, iconCreateFunction: clusterIcon,
      spiderfyOnMaxZoom: true, chunkedLoading: false,
    });
    map.attributionControl.setPrefix(false).addAttribution("Natural Earth");
    const tiles = L.tileLayer(options.tiles, { attribution: options.tilesAttribution, maxZoom: 19 });
    L.control
      .layers(null, { Itineraries: state.legs, "Mentioned places": state.mentions, "Online map": tiles }, { position: "topright" })
      .addTo(map);
    map.on("moveend zoomend layeradd", L.Util.throttle(() => arrange(map), 60));
    map.setMinZoom(1).setMaxZoom(18);
    // The frame gets its true size late and changes it with the window: until the reader moves the map, it fits anew.
    map.getContainer().addEventListener("pointerdown", () => { state.untouched = false; });
    map.getContainer().addEventListener("wheel", () => { state.untouched = false; }, { passive: true });
    new ResizeObserver(() => {
      map.invalidateSize({ animate: false });
      if (state.untouched && state.story.view) fit(map, state.story.view, true);
      arrange(map);
    }).observe(map.getContainer());
    map.getContainer().setAttribute("aria-label", "Map of the story's places");
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape") window.parent.document.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape" }));
    });
    // Without an address the page itself has said that the base map is missing.
    if (options.world) dateline.loadWorld(options.world).then((world) => {
      state.world = world;
      state.base = dateline.worldLayer(world, options.coast, { zIndex: 0, keepBuffer: 4 }).addTo(map);
      if (state.story) drawAreas(state.areas.clearLayers(), state.story.areas);
    }).catch(() => {
      map.attributionControl.addAttribution('<b role="alert">Land and borders could not be loaded; reload the page.</b>');
    });
    followTheme(() => state.base && state.base.redraw());
  }

  function show(map, story) {
    const changed = !state.story || state.story.key !== story.key;
    state.story = story;
    state.drawing = true;
    if (changed) redraw(map, story);
    root.dataset.story = story.key;
    drawPoint(map, story.point);
    move(map, story.view);
    state.drawing = false;
    arrange(map);
    state.markers.forEach(markChosen);
    state.markers.forEach(letDrag);
    root.classList.toggle("editing", Boolean(story.editing));
  }

  window.dateline = Object.assign(window.dateline || {}, { attach, show });
})();
