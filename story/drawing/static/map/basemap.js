// The base map: land, borders and a graticule drawn from a TopoJSON file that the page serves itself, so that a map
// stands there without internet. A GridLayer repeats it round the world, which Leaflet's vector shapes do not do.
(function () {
  "use strict";

  const TILE = 256;
  // Tiles are stretched between whole zooms, by half as much again at most; drawn finer they are sharp there too.
  const FINENESS = Math.min(2, 1.5 * (window.devicePixelRatio || 1));
  // Pixels beside a tile within which a line may still be seen on it.
  const BESIDE = 8;
  // From this zoom on the coarse coast looks like a mistake; the fine one is fetched when it is first needed.
  const FINE_FROM = 6;

  const POLE = -85;

  // Where a longitude and a latitude are on the square that is the world, by Mercator: from 0 to 1 eastwards and southwards.
  const eastward = (longitude) => longitude / 360 + 0.5;
  function southward(latitude) {
    const sine = Math.sin((Math.max(-85.06, Math.min(85.06, latitude)) * Math.PI) / 180);
    return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
  }

  // TopoJSON's arcs (delta-coded whole numbers, in pairs or one after the other) -> {degrees, flat}: longitude and
  // latitude of each point, and where it is on the square that is the world, one number after the other. A line over the
  // 180th meridian goes on beyond it; at the pole it may run round the world in one step, and means it.
  function decodeArcs(topology) {
    const { scale, translate } = topology.transform;
    return topology.arcs.map((arc) => {
      const steps = Array.isArray(arc[0]) ? arc.flat() : arc;
      const degrees = new Float64Array(steps.length), flat = new Float64Array(steps.length);
      let x = 0, y = 0, before = 0;
      for (let i = 0; i < steps.length; i += 2) {
        x += steps[i];
        y += steps[i + 1];
        let longitude = x * scale[0] + translate[0];
        const latitude = y * scale[1] + translate[1];
        if (i && latitude > POLE) longitude += 360 * Math.round((before - longitude) / 360);
        degrees[i] = before = longitude;
        degrees[i + 1] = latitude;
        flat[i] = eastward(longitude);
        flat[i + 1] = southward(latitude);
      }
      return { degrees, flat };
    });
  }

  // One ring of arc numbers (~n: arc n backwards) -> one line of `kind` (degrees or flat) on which the world is `turn` wide.
  function stitch(ring, arcs, kind, turn) {
    const whole = new Float64Array(ring.reduce((sum, number) => sum + arcs[Math.max(number, ~number)][kind].length - 2, 2));
    let length = 0, end = 0;
    for (const number of ring) {
      const arc = arcs[Math.max(number, ~number)], { degrees } = arc, line = arc[kind], last = line.length - 2;
      const [from, to] = number < 0 ? [last, 0] : [0, last];
      const turns = length && degrees[from + 1] > POLE ? Math.round((end - degrees[from]) / 360) : 0;
      end = degrees[to] + 360 * turns;
      // Each arc begins where the one before ends.
      for (let i = length ? 2 : 0; i <= last; i += 2) {
        const at = number < 0 ? last - i : i;
        whole[length++] = line[at] + turn * turns;
        whole[length++] = line[at + 1];
      }
    }
    return whole;
  }

  function polygonsOf(shape) {
    return shape.type === "Polygon" ? [shape.arcs] : shape.type === "MultiPolygon" ? shape.arcs : [];
  }

  function boxOf(flat) {
    const box = [Infinity, Infinity, -Infinity, -Infinity];
    for (let i = 0; i < flat.length; i += 2) {
      if (flat[i] < box[0]) box[0] = flat[i];
      if (flat[i + 1] < box[1]) box[1] = flat[i + 1];
      if (flat[i] > box[2]) box[2] = flat[i];
      if (flat[i + 1] > box[3]) box[3] = flat[i + 1];
    }
    return box;
  }

  // A line with its box; what leaves the world on a side comes in again on the other, as a copy.
  function boxed(flat) {
    const box = boxOf(flat);
    const copy = (by) => ({ points: flat.map((one, i) => one + (i % 2 ? 0 : by)), box: [box[0] + by, box[1], box[2] + by, box[3]] });
    return [{ points: flat, box }, ...(box[0] < 0 ? [copy(1)] : []), ...(box[2] > 1 ? [copy(-1)] : [])];
  }

  const FAR_SOUTH = southward(-60);

  class World {
    constructor(topology) {
      const arcs = decodeArcs(topology);
      this.arcs = arcs;
      this.polygons = new Map();
      this.land = [];
      const uses = new Uint16Array(arcs.length);
      for (const shape of topology.objects.countries.geometries) {
        const polygons = polygonsOf(shape);
        if (shape.id) this.polygons.set(shape.id, polygons);
        for (const rings of polygons) {
          for (const ring of rings) for (const number of ring) uses[Math.max(number, ~number)]++;
          // Holes are other countries or lakes too small to matter at this scale: fill the outer ring.
          this.land.push(...boxed(stitch(rings[0], arcs, "flat", 1)));
        }
      }
      // Boxes [west, south, east, north] in which alone these shapes are fine enough; null for everywhere.
      this.within = topology.within ? topology.within.map(([west, south, east, north]) => [eastward(west), southward(north), eastward(east), southward(south)]) : null;
      // An arc that two countries share is a border; one that a single country has is coast.
      this.borders = arcs.flatMap(({ flat }, i) => (uses[i] > 1 ? boxed(flat) : []));
      this.coasts = arcs.flatMap(({ flat }, i) => (uses[i] === 1 ? boxed(flat) : []));
    }

    // The rings of a country as [[[latitude, longitude], ...], ...]; each ring is moved whole, next to `near` degrees east.
    outline(code, near) {
      return (this.polygons.get(code) || []).map((rings) => {
        const lines = rings.map((ring) => stitch(ring, this.arcs, "degrees", 360));
        let sum = 0;
        for (let i = 0; i < lines[0].length; i += 2) sum += lines[0][i];
        const shift = 360 * Math.round((near - (2 * sum) / lines[0].length) / 360);
        return lines.map((line) => Array.from({ length: line.length / 2 }, (_, i) => [line[2 * i + 1], line[2 * i] + shift]));
      });
    }
  }

  const Layer = L.GridLayer.extend({
    initialize(world, fineAddress, options) {
      this.world = world;
      this.fine = null;
      this.fineAddress = fineAddress;
      L.GridLayer.prototype.initialize.call(this, options);
    },

    fetchFine() {
      if (!this.fineAddress) return;
      const address = this.fineAddress;
      dateline.loadWorld(address).then((fine) => {
        this.fine = fine;
        this.redraw();
      }).catch(() => {
        // The rough coast stays; the next try comes with the next tile.
        this.fineAddress = address;
      });
      this.fineAddress = null;
    },

    // Asked once for all tiles of a moment: each question has the browser work out the styles of the whole page.
    colours() {
      if (!this.asked) {
        const style = getComputedStyle(document.documentElement);
        this.asked = { land: style.getPropertyValue("--land").trim(), border: style.getPropertyValue("--border").trim() };
        queueMicrotask(() => { this.asked = null; });
      }
      return this.asked;
    },

    createTile(coords) {
      if (coords.z >= FINE_FROM) this.fetchFine();
      const fine = coords.z >= FINE_FROM ? this.fine : null;
      const tile = document.createElement("canvas");
      tile.width = tile.height = Math.round(TILE * FINENESS);
      const pen = tile.getContext("2d");
      const colours = this.colours();
      const count = 2 ** coords.z;
      const size = count * tile.width;
      const column = ((coords.x % count) + count) % count;
      const margin = 4 / size;
      const window = [
        column / count - margin, coords.y / count - margin, (column + 1) / count + margin, (coords.y + 1) / count + margin,
      ];
      const visible = ({ box }) =>
        box[0] < window[2] && box[2] > window[0] && box[1] < window[3] && box[3] > window[1];
      const [left, top] = [column * tile.width, coords.y * tile.width];
      const edge = tile.width + BESIDE;
      const trace = ({ points }, close) => {
        const last = points.length - 2;
        let side = 0, held = false, x = 0, y = 0, drawnX = Infinity, drawnY = Infinity;
        const go = () => {
          if (drawnX === Infinity) pen.moveTo(x, y);
          else pen.lineTo(x, y);
          [drawnX, drawnY] = [x, y];
        };
        for (let i = 0; i <= last; i += 2) {
          const nextX = points[i] * size - left, nextY = points[i + 1] * size - top;
          const beyond = (nextX < -BESIDE ? 1 : nextX > edge ? 2 : 0) | (nextY < -BESIDE ? 4 : nextY > edge ? 8 : 0);
          // Of what runs on beside the tile only both ends are drawn: nothing between them is seen.
          if (side & beyond) {
            side &= beyond;
            held = true;
          } else {
            if (held) go();
            side = beyond;
            held = false;
          }
          [x, y] = [nextX, nextY];
          // What would fall on the same pixel is left out too, but for the end, where the next line goes on.
          if (i === last || (!held && Math.abs(x - drawnX) + Math.abs(y - drawnY) >= 1)) go();
        }
        if (close) pen.closePath();
      };
      const draw = (things, close) => {
        pen.beginPath();
        for (const thing of things) if (visible(thing)) trace(thing, close);
      };

      pen.lineJoin = "round";
      const ground = (land, rest) => {
        pen.beginPath();
        for (const ring of land.land) if (visible(ring)) trace(ring, true);
        // The fine coast ends at 60° south; the coarse one knows Antarctica.
        if (rest) for (const ring of rest.land) if (ring.box[1] > FAR_SOUTH && visible(ring)) trace(ring, true);
        pen.fillStyle = colours.land;
        pen.fill("nonzero");
        pen.strokeStyle = colours.border;
        pen.lineWidth = 0.8 * FINENESS;
        draw(land.coasts, false);
        pen.stroke();
      };
      const inBoxes = fine?.within?.filter((box) => visible({ box }));
      if (!fine || fine.within) ground(this.world);
      if (fine && (!fine.within || inBoxes.length)) {
        pen.save();
        if (fine.within) {
          pen.beginPath();
          for (const [west, north, east, south] of inBoxes) {
            // To whole pixels, so that no seam is left between two of them.
            const [x, y] = [Math.floor(west * size - left), Math.floor(north * size - top)];
            pen.rect(x, y, Math.ceil(east * size - left) - x, Math.ceil(south * size - top) - y);
          }
          pen.clip();
          pen.clearRect(0, 0, tile.width, tile.width);
        }
        ground(fine, this.world);
        pen.restore();
      }
      pen.strokeStyle = colours.border;
      pen.lineWidth = 0.6 * FINENESS;
      draw(this.world.borders, false);
      pen.stroke();
      return tile;
    },
  });

  // A file of the base map by its address, or what it holds.
  async function loadWorld(source) {
    return new World(typeof source === "string" ? await (await fetch(source)).json() : source);
  }

  window.dateline = Object.assign(window.dateline || {}, {
    loadWorld,
    worldLayer: (world, fineAddress, options) => new Layer(world, fineAddress, options),
  });
})();
