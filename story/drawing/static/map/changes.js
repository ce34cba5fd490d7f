// What has changed, on the map: places where something did carry a ring, and a dotted line leads from where an event was.
(function () {
  "use strict";

  // A place's marker says how many of its events have changed; its name stays what it is.
  function markChange(node, place) {
    node.classList.toggle("changed", place.changed > 0);
    // What colour and size say of it comes first.
    const said = [place.said, place.changed ? `${place.changed} changed` : ""].filter(Boolean).join("; ");
    if (said) node.setAttribute("aria-description", said);
    else node.removeAttribute("aria-description");
  }

  function drawMove(group, move) {
    L.polyline(move.points, { className: "moved", interactive: false }).addTo(group);
    if (move.known) return;
    const box = document.createElement("span");
    box.append(Object.assign(document.createElement("i"), { className: "was" }), `was ${move.name}`);
    box.title = move.title;
    const icon = L.divIcon({ className: "former", html: box, iconSize: [0, 0] });
    L.marker(move.points[0], { icon, interactive: false, keyboard: false }).addTo(group);
  }

  window.dateline = Object.assign(window.dateline || {}, { markChange, drawMove });
})();
