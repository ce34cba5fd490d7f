// The axis of the timeline, by the rules of story/drawing/scale.py: long empty stretches are drawn short.

const SHORTEST_BREAK = 21, BREAK_WIDTH = 7, RIGHT_MARGIN = 0.07, MARGIN = 2, LAST_TICK = 97;

function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b), half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

// A half goes to the even neighbour, as Python rounds.
const rounded = (number) => (number % 1 === 0.5 ? 2 * Math.round(number / 2) : Math.round(number));

/** {knots: [[day, per cent]], breaks: [[first, last]]} over the days of some states and `others`; null without any. */
function makeAxis(states, others) {
  const known = new Set();
  for (const { span } of states) {
    if (span.first) known.add(span.first);
    if (span.last < OPEN_END) known.add(span.last);
  }
  if (!known.size) return null;
  for (const day of others) if (day) known.add(day);
  const days = [...known].sort((a, b) => a - b);
  const gaps = days.slice(1).map((day, at) => day - days[at]);
  const longest = gaps.length ? Math.max(SHORTEST_BREAK, 3 * median(gaps)) : SHORTEST_BREAK;
  const knots = [[days[0] - MARGIN, 0]], breaks = [];
  gaps.forEach((gap, number) => {
    if (gap <= longest) return;
    const [earlier, later] = [days[number], days[number + 1]], [day, place] = knots.at(-1);
    knots.push([earlier, place + earlier - day], [later, place + earlier - day + BREAK_WIDTH]);
    breaks.push([earlier, later]);
  });
  const last = days.at(-1), [day, place] = knots.at(-1);
  // The last marks have their labels on the right.
  const end = last + 1 + Math.max(MARGIN, rounded(RIGHT_MARGIN * (place + last - day)));
  knots.push([end, place + end - day]);
  const whole = knots.at(-1)[1];
  return { knots: knots.map(([one, width]) => [one, (100 * width) / whole]), breaks };
}

/** Where to write which day: [[per cent, words]]; whole weeks, months or years, none inside a break or near another. */
function ticksOf({ knots, breaks }, most = 12) {
  const first = knots[0][0], last = knots.at(-1)[0];
  const drawn = last - first - breaks.reduce((sum, [earlier, later]) => sum + later - earlier, 0);
  const days = breaks.flat();
  if (drawn <= 100) {
    // Day 1 of the calendar is a Monday.
    for (let day = first + ((7 - (first % 7)) % 7); day <= last; day += 7) days.push(day);
  } else {
    const months = Math.max(1, rounded(drawn / 30.4 / most));
    const step = months <= 6 ? months : 12 * Math.max(1, rounded(months / 12));
    const [from, to] = [partsOf(first), partsOf(last)];
    for (let month = Math.ceil((from.year * 12 + from.month + 1) / step) * step; month < to.year * 12 + to.month + 1; month += step) {
      days.push(Date.UTC(Math.floor(month / 12), month % 12, 1) / 86400000 + UNIX_DAY);
    }
  }
  const out = [];
  let before = 0;
  for (const day of [...new Set(days)].sort((a, b) => a - b)) {
    const place = along(knots, day);
    const inside = breaks.some(([earlier, later]) => earlier < day && day < later);
    if (inside || day < first || day > last || place > LAST_TICK || (out.length && place - out.at(-1)[0] < (100 / most) * 0.7)) continue;
    out.push([place, tickLabel(day, drawn, Boolean(before) && partsOf(before).year !== partsOf(day).year)]);
    before = day;
  }
  return out;
}

/** The year stands with every month where there are many, else with the first day in it. */
function tickLabel(day, drawn, anotherYear) {
  const { year, month, date } = partsOf(day);
  if (drawn > 1500) return String(year);
  if (drawn > 100) return anotherYear || month === 0 || drawn > 700 ? `${MONTHS[month]} ${year}` : MONTHS[month];
  return `${MONTHS[month]} ${date}${anotherYear ? `, ${year}` : ""}`;
}
