// The review of an article: its words and its drafts point at each other, and everything can be done by keyboard.
// What is marked, and what stands open; they outlive the component's renders.
let current = "";
let holdFocus = false;
let lastReview = null;
let stoodAt = null;
// Whether the list of what changed has been asked for and is not on the page yet.
let toChanges = false;
const openLists = new Set();

export default function (component) {
  const { setTriggerValue, data } = component;
  const controller = new AbortController();
  const { signal } = controller;
  const region = () => document.querySelector(".st-key-reading .reading");
  const cards = () => [...(region()?.querySelectorAll("article.draft") ?? [])];
  const cardOf = (key) => cards().find((card) => card.dataset.draft === key);
  const wordsOf = (key) => [...(region()?.querySelectorAll("a.words") ?? [])].filter((words) => words.dataset.drafts.split(" ").includes(key));
  const still = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const isPhone = () => window.innerWidth <= 640;

  // ---- which draft is marked ---------------------------------------------------------------------------------------

  function mark(key, { focus = false, from = "" } = {}) {
    current = key;
    for (const card of cards()) card.classList.toggle("current", card.dataset.draft === key);
    for (const words of region()?.querySelectorAll("a.words") ?? []) words.classList.toggle("current", words.dataset.drafts.split(" ").includes(key));
    const card = cardOf(key);
    if (card && from !== "drafts") bringInto(card.closest("section"), card);
    if (from !== "article") bringInto(region()?.querySelector("section.article"), wordsOf(key)[0]);
    if (card && focus) card.focus({ preventScroll: true });
  }

  // Moves within the pane alone, so that the page stays where it is; on a phone the drafts are no pane of their own.
  function bringInto(pane, element) {
    if (!pane || !element) return;
    const behavior = still() ? "auto" : "smooth";
    if (pane.scrollHeight <= pane.clientHeight + 1) {
      if (isPhone() && pane.classList.contains("drafts")) element.scrollIntoView({ block: "center", behavior });
      return;
    }
    const box = pane.getBoundingClientRect(), at = element.getBoundingClientRect();
    if (at.top >= box.top + 8 && at.bottom <= box.bottom - 8) return;
    pane.scrollBy({ top: at.top - box.top - Math.max(16, (box.height - at.height) / 3), behavior });
  }

  function step(by) {
    const all = cards();
    if (!all.length) return;
    const at = all.findIndex((card) => card.dataset.draft === current);
    const next = all[Math.min(Math.max(at + by, 0), all.length - 1)];
    mark(next.dataset.draft, { focus: true });
  }

  function point(key, on) {
    cardOf(key)?.classList.toggle("pointed", on);
    for (const words of wordsOf(key)) words.classList.toggle("pointed", on);
  }

  // ---- what is done ------------------------------------------------------------------------------------------------

  function act(name, key) {
    if (name === "undo") return setTriggerValue("act", { act: name, n: Date.now() });
    if (!key) return;
    if (name === "accept" || name === "reject") {
      // The next one takes its place: who works through a list goes on.
      const all = cards();
      const at = all.findIndex((card) => card.dataset.draft === key);
      current = (all[at + 1] ?? all[at - 1])?.dataset.draft ?? "";
    }
    holdFocus = true;
    stoodAt = region().getBoundingClientRect().top;
    setTriggerValue("act", { act: name, key, n: Date.now() });
  }

  const KEYS = { a: "accept", e: "change", x: "reject", m: "merge", s: "split", u: "undo" };
  document.addEventListener("keydown", (event) => {
    if (!region() || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (document.querySelector("[role='dialog'], [data-baseweb='popover'], [role='listbox']")) return;
    if (document.activeElement?.matches("input, textarea, select, [contenteditable='true'], [role='slider'], [role='combobox']")) return;
    const key = event.key.toLowerCase();
    if (key === "j" || key === "k") step(key === "j" ? 1 : -1);
    else if (key === "w" && textOf()) selecting.start(wordsOf(current)[0]);
    else if (KEYS[key]) act(KEYS[key], cardOf(current) ? current : "");
    else return;
    event.preventDefault();
  }, { signal });

  document.addEventListener("click", (event) => {
    if (!region()?.contains(event.target)) return;
    const words = event.target.closest("a.words");
    if (words) {
      event.preventDefault();
      const open = words.dataset.drafts.trim().split(" ").find((key) => cardOf(key));
      if (open) mark(open, { focus: true });
      return;
    }
    if (event.target.closest("a.see-changes")) {
      toChanges = true;
      return showChanges();
    }
    const button = event.target.closest("button");
    if (button?.dataset.step) return step(Number(button.dataset.step));
    if (button?.dataset.act) return act(button.dataset.act, button.closest("[data-draft]")?.dataset.draft ?? current);
    if (button?.classList.contains("add-words")) return add();
    const card = event.target.closest("article.draft");
    if (card && !event.target.closest("a, select, label")) mark(card.dataset.draft, { from: "drafts", focus: true });
  }, { signal });

  document.addEventListener("change", (event) => {
    const choice = event.target.closest?.("select[data-act='place']");
    if (!choice || !region()?.contains(choice)) return;
    holdFocus = true;
    setTriggerValue("act", { act: "place", key: choice.closest("[data-draft]").dataset.draft, place: choice.value, n: Date.now() });
  }, { signal });

  document.addEventListener("focusin", (event) => {
    const card = event.target.closest?.("article.draft");
    if (card && region()?.contains(card) && card.dataset.draft !== current) mark(card.dataset.draft, { from: "drafts" });
    const words = event.target.closest?.("a.words");
    if (words && words.matches(":focus-visible")) mark(words.dataset.drafts.trim().split(" ")[0], { from: "article" });
  }, { signal });
  for (const [type, on] of [["pointerover", true], ["pointerout", false]]) {
    document.addEventListener(type, (event) => {
      const card = event.target.closest?.(".reading article.draft");
      if (card) return point(card.dataset.draft, on);
      const words = event.target.closest?.(".reading a.words");
      for (const key of words?.dataset.drafts.trim().split(" ") ?? []) point(key, on);
    }, { signal });
  }
  document.addEventListener("toggle", (event) => {
    const list = event.target.closest?.("details.done");
    if (list) openLists[list.open ? "add" : "delete"](list.dataset.done);
  }, { signal, capture: true });

  // ---- an event from selected words --------------------------------------------------------------------------------

  function selected() {
    const selection = document.getSelection();
    const text = textOf();
    if (!text || !selection?.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    if (!text.contains(range.startContainer) || !text.contains(range.endContainer) || !range.toString().trim()) return null;
    const before = document.createRange();
    before.selectNodeContents(text);
    before.setEnd(range.startContainer, range.startOffset);
    // Counted as the story counts them: by characters, not by halves of them.
    const start = [...before.toString()].length;
    return { start, end: start + [...range.toString()].length, range };
  }

  const textOf = () => region()?.querySelector(".article-text");
  const selecting = wordSelection({ textOf, take: add, signal });

  const offer = document.createElement("button");
  offer.type = "button";
  offer.className = "add-words";
  offer.textContent = "Add an event from these words";
  document.addEventListener("selectionchange", () => {
    const found = selected();
    if (!found) return offer.remove();
    const pane = region().querySelector("section.article");
    const box = pane.getBoundingClientRect(), at = found.range.getBoundingClientRect();
    pane.append(offer);
    offer.style.top = `${at.bottom - box.top + pane.scrollTop + 6}px`;
    offer.style.left = `${Math.max(8, Math.min(at.left - box.left, box.width - offer.offsetWidth - 20))}px`;
  }, { signal });
  // Pressing it must not end the selection.
  offer.addEventListener("pointerdown", (event) => event.preventDefault(), { signal });

  function add() {
    const found = selected();
    offer.remove();
    if (found) setTriggerValue("act", { act: "add", start: found.start, end: found.end, n: Date.now() });
  }

  // ---- drawn anew --------------------------------------------------------------------------------------------------

  // An article that was just read is what the reader waits for: it comes into view, with the map above it.
  function showReview() {
    const review = data?.review ?? "";
    if (review && review !== lastReview) {
      const first = document.querySelector(isPhone() ? ".st-key-reading" : ".st-key-map");
      first?.scrollIntoView({ block: "start", behavior: still() ? "auto" : "smooth" });
    }
    lastReview = review;
  }

  // What is marked stays marked when the region is drawn anew, and the keyboard stays there.
  function restore() {
    const here = region();
    if (!here || here.dataset.ready) return;
    here.dataset.ready = "1";
    for (const list of here.querySelectorAll("details.done")) list.open = openLists.has(list.dataset.done);
    const key = cardOf(current) ? current : cards()[0]?.dataset.draft;
    if (!key) return;
    const free = !document.activeElement || document.activeElement === document.body;
    mark(key, { focus: holdFocus && free });
    holdFocus = false;
    stayPut();
  }

  // The first event brings the filters with it, above: what the reader works on stays where it was.
  function stayPut() {
    if (stoodAt === null) return;
    const moved = region().getBoundingClientRect().top - stoodAt;
    stoodAt = null;
    if (moved) document.querySelector(".stMain")?.scrollBy({ top: moved, behavior: "instant" });
  }
  // The list stands above the map: who asked for it is led there, the keyboard too.
  function showChanges() {
    const list = toChanges && document.querySelector(".st-key-changes section.changes");
    if (!list) return;
    toChanges = false;
    list.tabIndex = -1;
    list.focus({ preventScroll: true });
    list.scrollIntoView({ block: "center", behavior: still() ? "auto" : "smooth" });
  }
  const mutations = new MutationObserver(() => { restore(); showChanges(); });
  mutations.observe(document.querySelector(".stApp"), { childList: true, subtree: true });
  restore();
  showReview();

  return () => {
    controller.abort();
    mutations.disconnect();
    offer.remove();
  };
}
