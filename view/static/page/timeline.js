// Where the labels of the timeline's marks go: none over another, none outside the track. page.js measures and moves
// them; the two are one script on the page, and this one alone needs nothing of it.

const GLYPH = 14;
const LONGEST_LABEL = 260;
const SHORTEST_LABEL = 64;

/**
 * marks: [{x, wide, wanted}] from left to right; x in pixels from the track's left, `wide` for a bar, `wanted` how wide
 * the whole label is.
 * Returns for each mark {nudge, label}: how far its glyph moves right, beside others of the same day, and the {left,
 * width} of its label in pixels of the track, or null where there is no room for one.
 */
function layOutLabels(marks, width) {
  let edge = -Infinity;
  // From the left: a label runs right of its mark up to the next label's mark, or left of it where there is more room.
  let free = 0;
  return marks.map(({ x, wide, wanted }, i) => {
    const at = x + (wide ? 7 : 0);
    const nudge = Math.max(0, edge + GLYPH - at);
    edge = at + nudge;
    const whole = Math.min(wanted, LONGEST_LABEL);
    const next = i + 1 < marks.length ? marks[i + 1].x : width;
    const right = Math.min(next - 10, width) - (x - 6), leftRoom = x + 8 - free;
    const rightward = right >= whole || right >= leftRoom;
    const own = Math.min(whole, rightward ? right : leftRoom);
    if (own < Math.min(SHORTEST_LABEL, whole)) return { nudge, label: null };
    const left = Math.max(x + (rightward ? Math.min(-6, width - x - own) : 8 - own), free);
    free = left + own + 10;
    return { nudge, label: { left, width: own } };
  });
}
