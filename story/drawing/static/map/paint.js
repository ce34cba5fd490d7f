// Colour and size by a story's own fields: the parts of a dot, the ring of a cluster, the circles under the markers.
(function () {
  "use strict";

  // Parts of a whole, clockwise from the top; one part is a plain colour.
  function pie(mix) {
    const all = mix.reduce((sum, [, count]) => sum + count, 0);
    let from = 0;
    const parts = mix.map(([colour, count]) => {
      const to = from + (360 * count) / all;
      const part = `var(--k${colour}) ${from}deg ${to}deg`;
      from = to;
      return part;
    });
    return mix.length === 1 ? `var(--k${mix[0][0]})` : `conic-gradient(${parts.join(", ")})`;
  }

  function paintDot(dot, place) {
    dot.classList.toggle("sized", place.radius !== undefined);
    if (!place.mix) return;
    dot.classList.add("painted");
    dot.classList.toggle("mixed", place.mix.length > 1);
    dot.style.background = pie(place.mix);
  }

  function paintCluster(box, places) {
    const counts = new Map();
    for (const { mix } of places) for (const [colour, count] of mix || []) counts.set(colour, (counts.get(colour) || 0) + count);
    if (!counts.size) return;
    box.className = "painted";
    box.style.setProperty("--pie", pie([...counts].sort(([a], [b]) => a - b)));
  }

  // Large ones lie below small ones, and all of them below the names.
  let circles = null;
  function drawCircles(map, places) {
    circles = circles || L.featureGroup();
    circles.clearLayers();
    const sized = places.filter(({ radius }) => radius).sort((a, b) => b.radius - a.radius);
    for (const { latitude, longitude, radius, mix } of sized) {
      const colour = mix && mix.length === 1 ? ` k${mix[0][0]}` : "";
      L.circleMarker([latitude, longitude], { radius, className: `size${colour}`, interactive: false }).addTo(circles);
    }
    if (sized.length) circles.addTo(map);
    else circles.remove();
  }

  // In pixels from the bottom of the map, as far as the map has room for it.
  function legendHeight() {
    const legend = dateline.host.document.querySelector(".st-key-legend");
    // On a telephone a long one stands below the map.
    const frame = dateline.host === window ? null : window.frameElement.getBoundingClientRect();
    if (!legend || (frame && legend.getBoundingClientRect().top >= frame.bottom)) return 0;
    return Math.min(legend.offsetHeight + 24, window.innerHeight / 3);
  }

  window.dateline = Object.assign(window.dateline || {}, { paintDot, paintCluster, drawCircles, legendHeight });
})();
