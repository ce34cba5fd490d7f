// Where the name chips go: near their dots, never over each other, over a dot or outside the map, and without leaders
// that cross.
(function () {
  "use strict";

  const RINGS = [14, 20, 28, 38, 50, 66, 86, 110, 140, 180];
  // A name that may be left out is, rather than to stand further from its dot.
  const FARTHEST_OPTIONAL = 66;
  const CELL = 8;
  const SWEEPS = 4;
  const MOST_ORDERED = 25;
  // What a spot costs. A pixel of leader is the measure; a name on a name is worse than any leader.
  const COSTS = { pixel: 0.5, outside: 200, covered: 150, dot: 300, line: 3, lines: 24, overlap: 400, crossing: 120, through: 110 };

  const touch = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

  const grow = (box, by) =>
    ({ left: box.left - by, top: box.top - by, right: box.right + by, bottom: box.bottom + by });

  // The sides and corners on which a chip can hang, as where its middle lies from the dot, in halves of its size and in
  // distances of its edge; and what each costs, for a name reads best to the right of its dot.
  const SIDES = [
    [1, 0, 1, 0, 0], [1, -0.8, 1, 0, 0.8], [1, 0.8, 1, 0, 0.8],
    [1, -1, 0.7, -0.7, 1.2], [1, 1, 0.7, 0.7, 1.2],
    [0, -1, 0, -1, 2], [0, 1, 0, 1, 2], [0.6, -1, 0, -1, 2.2], [0.6, 1, 0, 1, 2.2], [-0.6, -1, 0, -1, 2.6], [-0.6, 1, 0, 1, 2.6],
    [-1, 0, -1, 0, 3], [-1, -0.8, -1, 0, 3.4], [-1, 0.8, -1, 0, 3.4], [-1, -1, -0.7, -0.7, 3.6], [-1, 1, -0.7, 0.7, 3.6],
  ];

  function boxAt({ x, y, width, height }, distance, [halfX, halfY, edgeX, edgeY]) {
    const left = x + (halfX - 1) * (width / 2) + edgeX * distance, top = y + (halfY - 1) * (height / 2) + edgeY * distance;
    return { left, top, right: left + width, bottom: top + height };
  }

  // From the dot to the nearest point of the chip, as it is drawn.
  function leaderOf({ x, y }, { left, top, right, bottom }) {
    return [{ x, y }, { x: Math.max(left, Math.min(x, right)), y: Math.max(top, Math.min(y, bottom)) }];
  }

  const side = (a, b, c) => (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
  const crosses = ([p, q], [r, s]) => side(p, q, r) * side(p, q, s) < 0 && side(r, s, p) * side(r, s, q) < 0;

  function passes([p, q], box) {
    if (Math.max(p.x, q.x) <= box.left || Math.min(p.x, q.x) >= box.right || Math.max(p.y, q.y) <= box.top || Math.min(p.y, q.y) >= box.bottom) return false;
    const corners = [{ x: box.left, y: box.top }, { x: box.right, y: box.top }, { x: box.right, y: box.bottom }, { x: box.left, y: box.bottom }];
    const sides = corners.map((corner) => side(p, q, corner));
    return Math.min(...sides) < 0 && Math.max(...sides) > 0;
  }

  // How many points lie in a box, answered from sums over cells: there may be thousands of points.
  function counter(points, width, height) {
    const columns = Math.ceil(width / CELL) + 1, rows = Math.ceil(height / CELL) + 1;
    const sums = new Uint32Array(columns * rows);
    for (const { x, y } of points) {
      if (x >= 0 && y >= 0 && x < width && y < height) sums[(Math.floor(y / CELL) + 1) * columns + Math.floor(x / CELL) + 1] += 1;
    }
    for (let row = 1; row < rows; row++) {
      for (let column = 1; column < columns; column++) {
        const i = row * columns + column;
        sums[i] += sums[i - 1] + sums[i - columns] - sums[i - columns - 1];
      }
    }
    const cell = (at, most) => Math.max(0, Math.min(most - 1, at));
    return ({ left, top, right, bottom }) => {
      const [west, east] = [cell(Math.floor(left / CELL), columns), cell(Math.ceil(right / CELL), columns)];
      const [north, south] = [cell(Math.floor(top / CELL), rows), cell(Math.ceil(bottom / CELL), rows)];
      return sums[south * columns + east] - sums[north * columns + east] - sums[south * columns + west] + sums[north * columns + west];
    };
  }

  // The spots of a name with what each costs whatever the others do, the cheapest first.
  function candidates(item, around) {
    const spots = [];
    for (const distance of RINGS) {
      if (item.optional && distance > FARTHEST_OPTIONAL) break;
      for (const where of SIDES) {
        const box = boxAt(item, distance, where);
        const leader = leaderOf(item, box);
        const hits = around.dots.reduce((sum, dot) => sum + (dot.of !== item && touch(box, dot)), 0);
        let cost = Math.hypot(leader[1].x - item.x, leader[1].y - item.y) * COSTS.pixel + where[4] + hits * COSTS.dot;
        cost += Math.min(COSTS.lines, around.points(box) * COSTS.line);
        if (box.left < 4 || box.top < 4 || box.right > around.width - 4 || box.bottom > around.height - 4) cost += COSTS.outside;
        if (around.covered.some((other) => touch(box, other))) cost += COSTS.covered;
        spots.push({ box, room: grow(box, 3), leader, hits, cost });
      }
    }
    return spots.sort((a, b) => a.cost - b.cost);
  }

  function between(one, other) {
    let cost = touch(one.room, other.box) ? COSTS.overlap : 0;
    if (crosses(one.leader, other.leader)) cost += COSTS.crossing;
    if (passes(one.leader, other.box)) cost += COSTS.through;
    if (passes(other.leader, one.box)) cost += COSTS.through;
    return cost;
  }

  function cheapest(spots, self, chosen) {
    let best = null, least = Infinity;
    for (const spot of spots) {
      if (spot.cost >= least) break;
      let cost = spot.cost;
      for (let i = 0; i < chosen.length && cost < least; i++) {
        if (i !== self && chosen[i]) cost += between(spot, chosen[i]);
      }
      if (cost < least) [best, least] = [spot, cost];
    }
    return best;
  }

  // Each finds its spot among those before it; then each again among all, until none would rather move.
  function settle(spots, order) {
    const chosen = spots.map(() => null);
    for (let sweep = 0; sweep < SWEEPS; sweep++) {
      let moved = false;
      for (const self of order) {
        const best = cheapest(spots[self], self, chosen);
        moved = moved || best !== chosen[self];
        chosen[self] = best;
      }
      if (!moved) break;
    }
    let cost = 0;
    chosen.forEach((spot, i) => {
      cost += spot.cost;
      for (let j = 0; j < i; j++) cost += between(spot, chosen[j]);
    });
    return { chosen, cost };
  }

  /**
   * items: [{x, y, width, height, optional}] in order of weight; x, y the dot in pixels of the map.
   * lines: [{x, y}] points of lines that chips rather leave free.
   * covered: [{left, top, right, bottom}] what something else lies over.
   * Returns for each item the {left, top} of its chip, `crowded` where it found no room of its own, or null where an
   * optional one finds none.
   */
  function layout(items, lines, width, height, covered = []) {
    const dots = items.map((item) => ({ ...grow({ left: item.x, top: item.y, right: item.x, bottom: item.y }, 7), of: item }));
    const around = { dots, covered, width, height, points: counter(lines, width, height) };
    const spots = items.map((item) => candidates(item, around));
    // Who comes first takes what another has greater need of: where there is time, several orders are tried.
    const order = items.map((_, self) => self);
    const orders = [order];
    if (items.length <= MOST_ORDERED) orders.push([...order].reverse(), [...order].sort((a, b) => items[a].x - items[b].x), [...order].sort((a, b) => items[b].y - items[a].y));
    const { chosen } = orders.map((some) => settle(spots, some)).reduce((best, next) => (next.cost < best.cost ? next : best));
    const crowded = (spot, self) => spot.hits || chosen.some((other, i) => other && i !== self && touch(spot.room, other.box));
    items.forEach((item, self) => {
      if (item.optional && crowded(chosen[self], self)) chosen[self] = null;
    });
    return chosen.map((spot, self) => spot && { left: spot.box.left, top: spot.box.top, crowded: spot.cost >= COSTS.covered || overlapped(spot, self, chosen) });
  }

  // Of two names of which one lies on the other, or on its leader, the one with less weight is the one too many.
  const overlapped = (spot, self, chosen) =>
    chosen.some((other, i) => other && i < self && (touch(spot.box, other.box) || passes(other.leader, spot.box) || passes(spot.leader, other.box)));

  window.dateline = Object.assign(window.dateline || {}, { layoutChips: layout });
})();
