// "New since you were here": what a browser has seen of a story is known to it alone, and stays in it.

const SEEN = "dateline.seen";
const MOST_SEEN = 100;

function readSeen() {
  try { return JSON.parse(localStorage.getItem(SEEN)) ?? {}; } catch { return {}; }
}

function writeSeen(story, day) {
  try {
    const { [story]: former, ...others } = readSeen();
    const kept = [...Object.entries(others), [story, day]].slice(-MOST_SEEN);
    localStorage.setItem(SEEN, JSON.stringify(Object.fromEntries(kept)));
  } catch { /* A browser that keeps nothing is told nothing. */ }
}

/**
 * Offers, on the line that the page keeps for it, what was reported since this browser last saw the story. A tab goes on
 * offering it until it is asked for or put away; another one opened later does not.
 */
function offerNews() {
  const line = document.querySelector("p.visit:not(.told)");
  if (!line) return;
  line.classList.add("told");
  const { story, days } = line.dataset;
  const reported = (days || "").split(" ").filter(Boolean);
  const latest = reported[reported.length - 1];
  if (!latest) return;
  const offers = `dateline.offer ${story}`;
  let since = null;
  try {
    since = sessionStorage.getItem(offers) ?? readSeen()[story] ?? latest;
    sessionStorage.setItem(offers, since);
  } catch { return; }
  writeSeen(story, latest);
  const fresh = reported.filter((day) => day > since);
  if (!fresh.length) return;
  const link = document.createElement("a");
  const query = new URLSearchParams(window.location.search);
  query.delete("as_of");
  query.set("since", since);
  link.className = "pick inline";
  link.href = `?${query}`;
  link.textContent = "New since you were here";
  const away = document.createElement("button");
  away.type = "button";
  away.textContent = "×";
  away.setAttribute("aria-label", "Put this away");
  const done = () => { sessionStorage.setItem(offers, latest); line.replaceChildren(); };
  link.addEventListener("click", () => setTimeout(done));
  away.addEventListener("click", done);
  line.replaceChildren(link, away);
}

