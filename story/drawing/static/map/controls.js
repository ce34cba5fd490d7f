// The map's own controls in one quiet group: zoom, fit to the story, layers, play, full screen, the list of keys; and the
// scale bar. What concerns the whole window is the page's to do: it is asked by an event on its document.
(function () {
  "use strict";

  const ICONS = {
    in: "M10 4v12M4 10h12",
    out: "M4 10h12",
    fit: "M3 7V3h4M13 3h4v4M17 13v4h-4M7 17H3v-4M10 7.5v5M7.5 10h5",
    layers: "M10 3l7 4-7 4-7-4zM3 10.5l7 4 7-4M3 14l7 4 7-4",
    play: "M6 3.5v13l10-6.5z",
    full: "M12 3h5v5M17 3l-6 6M8 17H3v-5M3 17l6-6",
    leave: "M17 8h-5V3M12 8l5-5M3 12h5v5M8 12l-5 5",
    keys: "M7 7.2a3 3 0 1 1 4.4 2.6c-.9.5-1.4 1-1.4 2.2M10 15.2v.6",
    pause: "M5.5 4h3v12h-3zM11.5 4h3v12h-3z",
    back: "M13 4.5 7 10l6 5.5z",
    on: "M7 4.5l6 5.5-6 5.5z",
    close: "M5 5l10 10M15 5L5 15",
  };
  // Where signs on the road give miles.
  const IN_MILES = /-(US|GB|LR|MM)$/;

  function icon(name) {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("viewBox", "0 0 20 20");
    svg.setAttribute("aria-hidden", "true");
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    path.setAttribute("d", ICONS[name]);
    svg.append(path);
    return svg;
  }

  function button(name, className, act) {
    const node = document.createElement("button");
    node.type = "button";
    node.className = className;
    rename(node, name);
    node.append(icon(className));
    node.addEventListener("click", act);
    return node;
  }

  function rename(node, name) {
    node.title = name;
    node.setAttribute("aria-label", name);
  }

  const tell = (name) => dateline.host.document.dispatchEvent(new CustomEvent(`dateline:${name}`));

  function zoomButtons(map, moved) {
    const zoom = (by) => () => { moved(); map.setZoom(map.getZoom() + by); };
    const closer = button("Zoom in", "in", zoom(1)), farther = button("Zoom out", "out", zoom(-1));
    const limit = () => {
      // Not `disabled`: a button that is pressed until it can do no more must not lose the focus.
      closer.setAttribute("aria-disabled", String(map.getZoom() >= map.getMaxZoom()));
      farther.setAttribute("aria-disabled", String(map.getZoom() <= map.getMinZoom()));
    };
    map.on("zoomend zoomlevelschange", limit);
    return [closer, farther];
  }

  function layersButton(map, overlays) {
    const control = L.control.layers(null, overlays).addTo(map);
    const node = control.getContainer();
    const toggle = node.querySelector(".leaflet-control-layers-toggle");
    toggle.setAttribute("aria-label", "Layers");
    toggle.append(icon("layers"));
    node.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !node.classList.contains("leaflet-control-layers-expanded")) return;
      event.stopPropagation();
      control.collapse();
      toggle.focus();
    });
    return node;
  }

  function fullButton() {
    const page = dateline.host.document.documentElement;
    const node = button("Full screen", "full", () => tell("full"));
    const follow = () => {
      const on = page.hasAttribute("data-map-full");
      rename(node, on ? "Leave full screen" : "Full screen");
      node.replaceChildren(icon(on ? "leave" : "full"));
    };
    new MutationObserver(follow).observe(page, { attributes: true, attributeFilter: ["data-map-full"] });
    follow();
    return node;
  }

  // Thousands as they are written elsewhere.
  const Scale = L.Control.Scale.extend({
    _updateScale(bar, text, ratio) {
      L.Control.Scale.prototype._updateScale.call(this, bar, text.replace(/^\d+/, (digits) => Number(digits).toLocaleString("en")), ratio);
    },
  });

  /** overlays: Leaflet layers by name; fit, play: what their buttons do; moved: the reader is about to move the map. */
  function addControls(map, { overlays, fit, play, moved }) {
    const group = document.createElement("div");
    group.className = "tools leaflet-control";
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", "Map controls");
    group.append(
      ...zoomButtons(map, moved),
      button("Fit the map to the story", "fit", fit),
      layersButton(map, overlays),
      button("Play the story", "play", play),
      fullButton(),
      button("Keys", "keys", () => tell("keys")),
    );
    L.DomEvent.disableClickPropagation(group);
    // Leaflet looks where a click came from once it is over, when a button may have another icon already.
    group.addEventListener("click", (event) => event.stopPropagation());
    L.DomEvent.disableScrollPropagation(group);
    const Tools = L.Control.extend({ onAdd: () => group });
    new Tools({ position: "topright" }).addTo(map);
    const miles = IN_MILES.test(window.navigator.language);
    new Scale({ position: "bottomright", maxWidth: 90, metric: !miles, imperial: miles }).addTo(map);
    return group;
  }

  window.dateline = Object.assign(window.dateline || {}, { addControls, icon });
})();
