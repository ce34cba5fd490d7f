// Where the name chips go: beside their dots, never over each other, over a dot or outside the map.
(function () {
  "use strict";

  const DIRECTIONS = 16;
  const RINGS = [14, 26, 44, 66, 92, 124];

  const overlap = (a, b) =>
    Math.max(0, Math.min(a.right, b.right) - Math.max(a.left, b.left)) *
    Math.max(0, Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top));

  const grow = (box, by) =>
    ({ left: box.left - by, top: box.top - by, right: box.right + by, bottom: box.bottom + by });

  // The box of a chip whose nearest edge lies `distance` pixels from the dot in `direction`.
  function boxAt(item, distance, direction) {
    const angle = (direction * 2 * Math.PI) / DIRECTIONS;
    const cos = Math.cos(angle), sin = Math.sin(angle);
    const x = item.x + cos * distance + ((Math.abs(cos) < 0.2 ? 0 : Math.sign(cos)) * item.width) / 2;
    const y = item.y + sin * distance + ((Math.abs(sin) < 0.2 ? 0 : Math.sign(sin)) * item.height) / 2;
    return { left: x - item.width / 2, top: y - item.height / 2, right: x + item.width / 2, bottom: y + item.height / 2 };
  }

  function candidates(item) {
    const boxes = [];
    for (const [rank, distance] of RINGS.entries()) {
      for (let direction = 0; direction < DIRECTIONS; direction++) {
        // East first, then its neighbours: a name reads best to the right of its dot.
        const turn = Math.min(direction, DIRECTIONS - direction);
        boxes.push({ box: boxAt(item, distance, direction), cost: rank * 6 + turn * 0.6 });
      }
    }
    return boxes.sort((a, b) => a.cost - b.cost);
  }

  const crosses = (p, q, r, s) => {
    const side = (a, b, c) => (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
    return side(p, q, r) * side(p, q, s) < 0 && side(r, s, p) * side(r, s, q) < 0;
  };

  const middle = (box) => ({ x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 });

  /**
   * items: [{x, y, width, height, optional}] in order of weight; x, y the dot in pixels of the map.
   * lines: [{x, y}] points of lines that chips rather leave free.
   * Returns for each item the {left, top} of its chip, or null where an optional one finds no room.
   */
  function layout(items, lines, width, height) {
    const dots = items.map(({ x, y }) => grow({ left: x, top: y, right: x, bottom: y }, 7));
    const taken = [];
    const leaders = [];
    return items.map((item, self) => {
      let best = null;
      for (const { box, cost } of candidates(item)) {
        if (best && cost >= best.cost) break;
        const outside = box.left < 4 || box.top < 4 || box.right > width - 4 || box.bottom > height - 4;
        let hits = 0;
        for (const other of taken) hits += overlap(grow(box, 3), other) > 0;
        dots.forEach((dot, i) => { if (i !== self) hits += overlap(box, dot) > 0; });
        const leader = [item, middle(box)];
        let knots = 0;
        for (const [p, q] of leaders) knots += crosses(leader[0], leader[1], p, q);
        for (const { x, y } of lines) {
          knots += 0.25 * (x > box.left - 4 && x < box.right + 4 && y > box.top - 4 && y < box.bottom + 4);
        }
        const total = cost + hits * 400 + knots * 14 + (outside ? 200 : 0);
        if (!best || total < best.cost) best = { box, cost: total, leader, hits };
      }
      if (item.optional && best.hits) return null;
      taken.push(best.box);
      leaders.push(best.leader);
      return { left: best.box.left, top: best.box.top };
    });
  }

  window.dateline = Object.assign(window.dateline || {}, { layoutChips: layout });
})();
