// The base map: land, borders and a graticule drawn from a TopoJSON file that the page serves itself, so that a map
// stands there without internet. A GridLayer repeats it round the world, which Leaflet's vector shapes do not do.
(function () {
  "use strict";

  const TILE = 256;
  // Tiles are stretched between whole zooms; drawing them twice as fine keeps lines sharp there.
  const FINENESS = 2;
  // From this zoom on the coarse coast looks like a mistake; the fine one is fetched when it is first needed.
  const FINE_FROM = 6;

  function mercator(longitude, latitude) {
    const sine = Math.sin((Math.max(-85.06, Math.min(85.06, latitude)) * Math.PI) / 180);
    return [longitude / 360 + 0.5, 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)];
  }

  // Moves each longitude by whole turns next to the one before: a line over the 180th meridian goes on beyond it.
  function unwrap(points, start) {
    let before = start === undefined ? points[0][0] : start;
    return points.map(([longitude, latitude]) => {
      // At the pole a line may run round the world in one step, and means it.
      if (latitude > -85) longitude += 360 * Math.round((before - longitude) / 360);
      before = longitude;
      return [longitude, latitude];
    });
  }

  // TopoJSON's arcs (delta-coded whole numbers) -> arrays of [longitude, latitude].
  function decodeArcs(topology) {
    const { scale, translate } = topology.transform;
    return topology.arcs.map((arc) => {
      let x = 0, y = 0;
      return unwrap(arc.map(([dx, dy]) => {
        x += dx;
        y += dy;
        return [x * scale[0] + translate[0], y * scale[1] + translate[1]];
      }));
    });
  }

  // One ring of arc numbers (~n: arc n backwards) -> one array of points.
  function stitch(ring, arcs) {
    const points = [];
    for (const number of ring) {
      const arc = number < 0 ? arcs[~number].slice().reverse() : arcs[number];
      const last = points.length ? points[points.length - 1][0] : undefined;
      const next = unwrap(arc, last);
      for (let i = points.length ? 1 : 0; i < next.length; i++) points.push(next[i]);
    }
    return points;
  }

  function polygonsOf(shape) {
    return shape.type === "Polygon" ? [shape.arcs] : shape.type === "MultiPolygon" ? shape.arcs : [];
  }

  function boxOf(points) {
    const box = [Infinity, Infinity, -Infinity, -Infinity];
    for (const [x, y] of points) {
      if (x < box[0]) box[0] = x;
      if (y < box[1]) box[1] = y;
      if (x > box[2]) box[2] = x;
      if (y > box[3]) box[3] = y;
    }
    return box;
  }

  // A line on the square that is the world; one that leaves it on a side comes in again on the other, as a copy.
  function project(points) {
    const flat = points.map(([longitude, latitude]) => mercator(longitude, latitude));
    const box = boxOf(flat);
    const whole = { points: flat, box };
    const copy = (by) => ({ points: flat.map(([x, y]) => [x + by, y]), box: [box[0] + by, box[1], box[2] + by, box[3]] });
    return [whole, ...(box[0] < 0 ? [copy(1)] : []), ...(box[2] > 1 ? [copy(-1)] : [])];
  }

  const FAR_SOUTH = mercator(0, -60)[1];

  class World {
    constructor(topology) {
      const arcs = decodeArcs(topology);
      this.shapes = new Map();
      this.land = [];
      const uses = new Uint16Array(arcs.length);
      for (const shape of topology.objects.countries.geometries) {
        const polygons = polygonsOf(shape);
        if (shape.id) this.shapes.set(shape.id, polygons.map((rings) => rings.map((ring) => stitch(ring, arcs))));
        for (const rings of polygons) {
          for (const ring of rings) for (const number of ring) uses[number < 0 ? ~number : number]++;
          // Holes are other countries or lakes too small to matter at this scale: fill the outer ring.
          this.land.push(...project(stitch(rings[0], arcs)));
        }
      }
      // Boxes [west, south, east, north] in which alone these shapes are fine enough; null for everywhere.
      this.within = topology.within ? topology.within.map(([west, south, east, north]) => [...mercator(west, north), ...mercator(east, south)]) : null;
      // An arc that two countries share is a border; one that a single country has is coast.
      this.borders = arcs.filter((_, i) => uses[i] > 1).flatMap(project);
      this.coasts = arcs.filter((_, i) => uses[i] === 1).flatMap(project);
    }

    // The rings of a country as [[[latitude, longitude], ...], ...]; each ring is moved whole, next to `near` degrees east.
    outline(code, near) {
      return (this.shapes.get(code) || []).map((rings) => {
        const middle = rings[0].reduce((sum, [longitude]) => sum + longitude, 0) / rings[0].length;
        const shift = 360 * Math.round((near - middle) / 360);
        return rings.map((ring) => ring.map(([longitude, latitude]) => [latitude, longitude + shift]));
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

    createTile(coords) {
      if (coords.z >= FINE_FROM) this.fetchFine();
      const fine = coords.z >= FINE_FROM ? this.fine : null;
      const tile = document.createElement("canvas");
      tile.width = tile.height = TILE * FINENESS;
      const pen = tile.getContext("2d");
      const style = getComputedStyle(document.documentElement);
      const colour = (name) => style.getPropertyValue(name).trim();
      const count = 2 ** coords.z;
      const size = count * tile.width;
      const column = ((coords.x % count) + count) % count;
      const margin = 4 / size;
      const window = [
        column / count - margin, coords.y / count - margin, (column + 1) / count + margin, (coords.y + 1) / count + margin,
      ];
      const visible = ({ box }) =>
        box[0] < window[2] && box[2] > window[0] && box[1] < window[3] && box[3] > window[1];
      const trace = ({ points }, close) => {
        for (let i = 0; i < points.length; i++) {
          const x = points[i][0] * size - column * tile.width, y = points[i][1] * size - coords.y * tile.width;
          if (i) pen.lineTo(x, y);
          else pen.moveTo(x, y);
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
        pen.fillStyle = colour("--land");
        pen.fill("nonzero");
        pen.strokeStyle = colour("--border");
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
            const [left, top] = [Math.floor(west * size - column * tile.width), Math.floor(north * size - coords.y * tile.width)];
            pen.rect(left, top, Math.ceil(east * size - column * tile.width) - left, Math.ceil(south * size - coords.y * tile.width) - top);
          }
          pen.clip();
          pen.clearRect(0, 0, tile.width, tile.width);
        }
        ground(fine, this.world);
        pen.restore();
      }
      pen.strokeStyle = colour("--border");
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
