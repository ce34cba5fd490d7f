// Days, counts and distances in words, as story/wording.py has them.

const KM_PER_MILE = 1.609344;

const FIGURES = new Intl.NumberFormat("en-US");
const thousands = (number) => FIGURES.format(number);

function sayCount(count, noun) {
  if (count === 1) return `1 ${noun}`;
  if (/[^aeiou]y$/.test(noun)) return `${thousands(count)} ${noun.slice(0, -1)}ies`;
  return `${thousands(count)} ${noun}${/(?:s|x|ch|sh)$/.test(noun) ? "es" : "s"}`;
}

function partsOf(day) {
  const at = dateOf(day);
  return { year: at.getUTCFullYear(), month: at.getUTCMonth(), date: at.getUTCDate() };
}

/** "Oct 28", with the year unless it is `year`. */
function sayShortDay(day, year) {
  const at = partsOf(day);
  return `${MONTHS[at.month]} ${at.date}${at.year === year ? "" : `, ${at.year}`}`;
}

/** "Oct 27 – 31" */
function sayRange(first, last, year) {
  if (first === last) return sayShortDay(first, year);
  const [from, to] = [partsOf(first), partsOf(last)];
  if (from.year !== to.year) return `${MONTHS[from.month]} ${from.date}, ${from.year} – ${MONTHS[to.month]} ${to.date}, ${to.year}`;
  const end = from.month === to.month ? String(to.date) : `${MONTHS[to.month]} ${to.date}`;
  return `${MONTHS[from.month]} ${from.date} – ${end}${to.year === year ? "" : `, ${to.year}`}`;
}

function figure(amount) {
  if (amount >= 999.5) return thousands(Math.round(amount / 10) * 10);
  return amount >= 9.95 ? amount.toFixed(0) : amount.toFixed(1).replace(/\.0$/, "");
}

const sayDistance = (km) => `${figure(km)} km (${figure(km / KM_PER_MILE)} mi)`;

/** The kilometres between two [latitude, longitude]. */
function distanceKm([lat, lon], [toLat, toLon]) {
  const rad = Math.PI / 180;
  const a = Math.sin(((toLat - lat) * rad) / 2) ** 2 + Math.cos(lat * rad) * Math.cos(toLat * rad) * Math.sin(((toLon - lon) * rad) / 2) ** 2;
  return 2 * 6371.009 * Math.asin(Math.min(1, Math.sqrt(a)));
}

function sayNames(names, most = 4) {
  const shown = names.length > most ? [...names.slice(0, most - 1), `${thousands(names.length - most + 1)} more`] : names;
  return shown.length === 1 ? shown[0] : `${shown.slice(0, -1).join(", ")} and ${shown.at(-1)}`;
}

/** Those named in figures, as story/query/presence.py says it: "5 travellers, 2 others involved". */
function sayWho(people) {
  const going = people.filter((one) => one.travels).length, still = people.length - going;
  if (!people.length) return "";
  if (going && still) return `${sayCount(going, "traveller")}, ${thousands(still)} ${still === 1 ? "other" : "others"} involved`;
  if (going) return sayCount(going, "traveller");
  const only = (...kinds) => people.every((one) => kinds.includes(one.kind));
  if (only("group", "country", "")) return sayCount(still, "group");
  if (only("person", "travels")) return still === 1 ? "1 person" : `${thousands(still)} people`;
  return still > 1 ? `${thousands(still)} people and groups` : "1 group";
}
