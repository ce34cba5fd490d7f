// Where the labels of the timeline's marks go: none over another, none outside the track, none across a line. The
// page's script and that of the HTML file say when; each is one script with this one.

const GLYPH = 14;
const LONGEST_LABEL = 420;
const SHORTEST_LABEL = 64;
const LABEL_GAP = 10;
const WALL_GAP = 4;
// A label of which a wall would leave less than this share stands across it.
const LEAST_SHARE = 0.6;

/**
 * marks: [{x, wide, wanted}] from left to right; x in pixels from the track's left, `wide` for a bar, `wanted` how wide
 * the whole label is. `walls` are the lines across the track that no label is to cross.
 * Returns for each mark {nudge, label}: how far its glyph moves right, beside others of the same day, and the {left,
 * width, row} of its label in pixels of the track, or null where there is no room for one. Row 0 is above the marks, row
 * 1 below; one that has hardly any room but across a wall has `over` set.
 */
function layOutLabels(marks, width, walls = []) {
  let edge = -Infinity;
  const rows = [[], []];
  return marks.map(({ x, wide, wanted }) => {
    const at = x + (wide ? 7 : 0);
    const nudge = Math.max(0, edge + GLYPH - at);
    edge = at + nudge;
    const mark = { x, whole: Math.min(wanted, LONGEST_LABEL) };
    const low = Math.max(0, ...walls.filter((wall) => wall <= x).map((wall) => wall + WALL_GAP));
    const high = Math.min(width, ...walls.filter((wall) => wall > x).map((wall) => wall - WALL_GAP));
    let way = settle(mark, rows, low, high);
    if (walls.length && !(way?.share >= LEAST_SHARE)) {
      const across = settle(mark, rows, 0, width);
      if (across && !(way?.share >= across.share)) way = { ...across, over: true };
    }
    if (!way) return { nudge, label: null };
    if (way.cuts) way.cuts[0].label.width = way.cuts[1];
    const label = { left: way.left, width: way.width, row: way.row, ...(way.over && { over: true }) };
    rows[way.row].push({ label, x });
    return { nudge, label };
  });
}

/** The place for the label of a mark in the row that leaves the most of it, whole where one can; null where none can. */
function settle({ x, whole }, rows, low, high) {
  const shortest = Math.min(SHORTEST_LABEL, whole);
  // Right of its mark where it can be, further left where the track ends, and always beside its mark.
  const wish = Math.min(x - 6, high - whole);
  let best = null;
  for (const [row, there] of rows.entries()) {
    const before = there.at(-1), last = before?.label;
    const free = Math.max(low, last ? last.left + last.width + LABEL_GAP : 0);
    const leftward = Math.min(whole, x + 8 - free), rightward = free <= x - 6 ? Math.min(whole, high - x + 6) : 0;
    const ways = [{ left: x + 8 - leftward, width: leftward }, { left: x - 6, width: rightward }];
    // All the room there is, on both sides of the mark; the whole label where that is enough.
    const from = Math.max(wish, free), width = Math.min(whole, high - from);
    if (from <= x - 6 && from + width >= x + 8) ways.unshift({ left: from, width });
    for (const way of ways) if (way.width >= shortest && x + 8 <= high + 8) offer({ ...way, row, share: way.width / whole });
    // The label before gives way, as long as enough of it is left, at its own mark.
    const start = Math.max(wish, low), left = last ? start - LABEL_GAP - last.left : 0;
    if (last && left < last.width && left >= Math.min(SHORTEST_LABEL, last.width) && last.left + left >= before.x + 8 && start <= x - 6 && start + whole <= high) {
      offer({ left: start, width: whole, row, share: Math.min(left / last.width, 0.99), cuts: [before, left] });
    }
  }
  function offer(way) {
    if (!best || way.share > best.share + 0.001) best = way;
  }
  return best;
}

/** Measures the labels of the timeline that stands on the page, and puts each where there is room for it. */
function placeLabels() {
  for (const track of document.querySelectorAll(".timeline ul.lane-track")) {
    const start = track.getBoundingClientRect().left;
    const marks = [...track.querySelectorAll(".mark:not(.outside)")]
      .map((mark) => ({ label: mark.querySelector(".label"), x: mark.getBoundingClientRect().left - start, wide: mark.classList.contains("wide") }))
      .sort((a, b) => a.x - b.x);
    for (const { label } of marks) {
      label.classList.remove("hidden");
      label.style.cssText = "max-width: none";
    }
    // Rounded up: a label that is a part of a pixel too narrow loses its last letters.
    for (const mark of marks) mark.wanted = Math.ceil(mark.label.getBoundingClientRect().width);
    const rule = document.querySelector(".axis-area .rule")?.getBoundingClientRect().left - start;
    const walls = rule > 1 && rule < track.clientWidth - 1 ? [rule] : [];
    const laid = layOutLabels(marks, track.clientWidth, walls);
    track.closest(".lane").classList.toggle("two", laid.some(({ label }) => label?.row));
    laid.forEach(({ nudge, label: room }, i) => {
      const { label, x, wide } = marks[i];
      label.parentElement.style.setProperty("--nudge", `${nudge}px`);
      label.classList.toggle("hidden", !room);
      label.classList.toggle("below", Boolean(room?.row));
      label.classList.toggle("over", Boolean(room?.over));
      // The label hangs on its glyph.
      label.style.cssText = room ? `left: ${room.left - x + (wide ? 3 : 10) - nudge}px; max-width: ${room.width}px` : "";
    });
  }
}

/** Scrolls a timeline that is wider than its box, once, to the as-of day: that is where the story stands. */
function showAsOf() {
  const box = document.querySelector(".timeline-scroll:not(.opened)");
  const rule = box?.querySelector(".rule");
  if (!rule || box.scrollWidth - box.clientWidth < 60) return;
  box.classList.add("opened");
  box.scrollLeft += rule.getBoundingClientRect().left - box.getBoundingClientRect().left - box.clientWidth * 0.6;
}
