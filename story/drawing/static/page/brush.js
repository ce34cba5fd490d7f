// The range of days, brushed on the timeline's own axis: two handles and the stretch between them, by mouse, touch and
// keyboard. Whoever starts it hears of it when it is let go; each is one script with this one.

const UNIX_DAY = 719163;  // 1970-01-01 as Python counts days, from January 1 of year 1.
const WEEKDAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const FLAG_GAP = 8;
const STEPS = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -7, PageUp: 7, Home: -Infinity, End: Infinity };

/** A value on a line through knots [[from, to], …], both rising; beyond the knots it stays at the nearest one. */
function along(knots, value) {
  const next = knots.findIndex(([from]) => from > value);
  if (next === 0) return knots[0][1];
  if (next < 0) return knots.at(-1)[1];
  const [[from, low], [to, high]] = knots.slice(next - 1, next + 1);
  return low + (high - low) * (value - from) / (to - from);
}

const placeOfDay = (knots, day) => along(knots, day);
const dayAtPlace = (knots, place) => along(knots.map(([day, at]) => [at, day]), place);

const dateOf = (day) => new Date((day - UNIX_DAY) * 86400000);

/** A day as the page writes it, "Tue, Oct 28", with the year unless it is `year`. */
function sayDay(day, year) {
  const at = dateOf(day);
  const words = `${WEEKDAYS[at.getUTCDay()]}, ${MONTHS[at.getUTCMonth()]} ${at.getUTCDate()}`;
  return at.getUTCFullYear() === year ? words : `${words}, ${at.getUTCFullYear()}`;
}

function isoDay(day) {
  const at = dateOf(day);
  const two = (number) => String(number).padStart(2, "0");
  return `${String(at.getUTCFullYear()).padStart(4, "0")}-${two(at.getUTCMonth() + 1)}-${two(at.getUTCDate())}`;
}

/** Where the words at both ends go: from the left, in pixels; outside the range where there is room, never on one another. */
function placeFlags(ends, widths, width, before) {
  const last = Math.min(ends[1] + FLAG_GAP, width - widths[1]);
  return [Math.max(-before, Math.min(ends[0] - FLAG_GAP - widths[0], last - widths[0] - FLAG_GAP)), last];
}

/** The range [first, last] once one end of it, "first" or "last", is moved to a day; the ends never pass each other. */
function withEnd([first, last], [low, high], end, day) {
  const wanted = Math.min(Math.max(day, low), high);
  return end === "first" ? [Math.min(wanted, last), last] : [first, Math.max(wanted, first)];
}

/** The range moved by some days as it is; it stops at the ends of the axis. */
function shifted([first, last], [low, high], days) {
  const by = Math.min(Math.max(days, low - first), high - last);
  return [first + by, last + by];
}

// What was let go and the page has not drawn yet: until then it stands as it was let go.
let letGo = null;
let drag = null;
let focused = "";

/** Makes the timeline's axis a control; `send` is given both ends as ISO days, null for an open one. Gives `paint`. */
function startBrush(send, signal) {
  const find = () => document.querySelector(".timeline .brush");

  function read(brush) {
    const numbers = (name) => brush.dataset[name].split(" ").map(Number);
    return { knots: JSON.parse(brush.dataset.knots), axis: numbers("axis"), range: numbers("range"), year: Number(brush.dataset.year) };
  }

  const now = (brush, said) => drag?.range ?? letGo ?? said.range;

  function paint() {
    const brush = find();
    if (!brush) return;
    const said = read(brush);
    if (letGo && String(letGo) === String(said.range)) letGo = null;
    const range = now(brush, said), { axis, knots, year } = said;
    const ends = [placeOfDay(knots, Math.max(range[0], axis[0])), placeOfDay(knots, Math.min(range[1], axis[1]) + 1)];
    const [left, right] = brush.querySelectorAll(".veil"), shown = brush.querySelector(".range");
    left.style.right = `${100 - ends[0]}%`;
    right.style.left = `${ends[1]}%`;
    shown.style.left = `${ends[0]}%`;
    shown.style.right = `${100 - ends[1]}%`;
    const handles = [...brush.querySelectorAll(".handle")], flags = handles.map((handle) => handle.firstElementChild);
    handles.forEach((handle, i) => {
      handle.style.left = `${ends[i]}%`;
      handle.setAttribute("aria-valuenow", range[i]);
      handle.setAttribute("aria-valuetext", sayDay(range[i], year));
      flags[i].textContent = sayDay(range[i], year);
    });
    const width = brush.clientWidth, at = ends.map((end) => end * width / 100);
    const before = brush.offsetLeft;
    placeFlags(at, flags.map((flag) => flag.offsetWidth), width + FLAG_GAP, before)
      .forEach((x, i) => { flags[i].style.left = `${x - at[i]}px`; });
    for (const mark of document.querySelectorAll(".timeline .mark")) {
      const at = parseFloat(mark.style.left), inside = at >= ends[0] && at <= ends[1];
      mark.classList.toggle("leaving", Boolean(drag) && !inside);
      mark.classList.toggle("coming", Boolean(drag) && inside);
    }
    // A handle says its own day: the axis says none under it.
    const covered = handles.map((handle) => handle.getBoundingClientRect());
    for (const tick of document.querySelectorAll(".timeline .axis .tick")) {
      const box = tick.getBoundingClientRect();
      tick.classList.toggle("covered", covered.some((handle) => handle.left < box.right && box.left < handle.right));
    }
    brush.classList.toggle("whole", range[0] <= axis[0] && range[1] >= axis[1]);
    brush.classList.toggle("dragged", Boolean(drag));
    if (focused && document.activeElement === document.body) brush.querySelector(`.handle.${focused}`)?.focus({ preventScroll: true });
  }

  function hand(brush, range) {
    const { axis, range: before } = read(brush);
    if (String(range) === String(before)) {
      letGo = null;
    } else {
      letGo = range;
      send([range[0] <= axis[0] ? null : isoDay(range[0]), range[1] >= axis[1] ? null : isoDay(range[1])]);
    }
    paint();
  }

  /** The day boundary nearest to the pointer and the day under it. */
  function under(event, brush, knots) {
    const box = brush.getBoundingClientRect();
    const day = dayAtPlace(knots, Math.min(100, Math.max(0, 100 * (event.clientX - box.left) / box.width)));
    return { edge: Math.round(day), day: Math.floor(day) };
  }

  document.addEventListener("pointerdown", (event) => {
    const strip = event.target.closest?.(".brush .strip");
    if (!strip || event.button !== 0) return;
    const brush = find(), said = read(brush), range = now(brush, said);
    const handle = event.target.closest(".handle");
    const whole = brush.classList.contains("whole");
    const kind = handle ? (handle.classList.contains("first") ? "first" : "last") : event.target.closest(".range") && !whole ? "both" : "new";
    drag = { kind, range, from: range, start: event.clientX, moved: false, day: under(event, brush, said.knots).day, pointer: event.pointerId };
    handle?.focus({ preventScroll: true });
    event.preventDefault();
  }, { signal });

  document.addEventListener("pointermove", (event) => {
    const brush = find();
    if (!drag || !brush || event.pointerId !== drag.pointer) return;
    // A press that hardly moves is no wish for another range.
    drag.moved ||= Math.abs(event.clientX - drag.start) > 3;
    if (!drag.moved) return;
    const { knots, axis } = read(brush), { edge, day } = under(event, brush, knots);
    if (drag.kind === "first") drag.range = withEnd(drag.from, axis, "first", edge);
    else if (drag.kind === "last") drag.range = withEnd(drag.from, axis, "last", edge - 1);
    else if (drag.kind === "both") drag.range = shifted(drag.from, axis, day - drag.day);
    else drag.range = [Math.min(drag.day, day), Math.max(drag.day, day)].map((one) => Math.min(Math.max(one, axis[0]), axis[1]));
    paint();
  }, { signal });

  const release = (event) => {
    if (!drag || event.pointerId !== drag.pointer) return;
    const { range, moved } = drag, brush = find();
    drag = null;
    if (moved && brush && event.type === "pointerup") hand(brush, range);
    else paint();
  };
  document.addEventListener("pointerup", release, { signal });
  document.addEventListener("pointercancel", release, { signal });

  let stepped = false;
  document.addEventListener("keydown", (event) => {
    const handle = event.target.closest?.(".brush .handle");
    if (!handle || event.ctrlKey || event.metaKey || event.altKey || !(event.key in STEPS)) return;
    event.preventDefault();
    const brush = find(), said = read(brush), end = handle.classList.contains("first") ? "first" : "last";
    const range = now(brush, said);
    letGo = withEnd(range, said.axis, end, range[end === "first" ? 0 : 1] + STEPS[event.key]);
    stepped = true;
    paint();
  }, { signal });

  const stop = () => {
    const brush = find();
    if (stepped && letGo && brush) {
      stepped = false;
      hand(brush, letGo);
    }
  };
  document.addEventListener("keyup", (event) => { if (event.key in STEPS) stop(); }, { signal });
  document.addEventListener("focusin", (event) => {
    const handle = event.target.closest?.(".brush .handle");
    focused = handle ? (handle.classList.contains("first") ? "first" : "last") : "";
    if (!handle) stop();
  }, { signal });
  // What another control sets is not to be covered by what was let go before.
  document.addEventListener("click", (event) => {
    if (!event.target.closest?.(".brush")) [letGo, focused] = [null, ""];
  }, { signal });

  return paint;
}
