// What the page does in the browser: its links choose without loading anew, Escape clears, timeline labels find room.
// The link that was followed last; outlives the component's renders.
let returnTo = null;
let lastPanel = null;
// What the address asked for when the page was opened.
let greeted = null;
const VISITED = "dateline-visited";
// What Streamlit called last, and what the first call has set going: it calls again whenever `data` is another.
let latest = null;
let running = null;
// The ids of the events that are chosen.
let chosen = new Set();

export default function (component) {
  latest = component;
  running ??= start();
  running.take(component.data ?? {});
  return () => {
    if (latest !== component) return;
    running.stop();
    running = null;
  };
}

function start() {
  const controller = new AbortController();
  const { signal } = controller;
  const app = document.querySelector(".stApp");
  const setTriggerValue = (name, value) => latest.setTriggerValue(name, value);
  const acted = () => document.documentElement.removeAttribute("data-first-visit");
  const go = (query) => { acted(); setTriggerValue("go", query); };
  followWindow(signal, [...KEYS, ...KEYS_OF_READING]);
  startEmbed(signal);
  // What is done in the map's frame comes from its own scripts, and goes the way of links.
  for (const act of ["choose", "move"]) {
    document.addEventListener(`dateline:${act}`, (event) => { acted(); setTriggerValue(act, event.detail); }, { signal });
  }

  function take({ panel, editing, look, current }) {
    showPanel(panel);
    chosen = new Set(current);
    markChosen();
    document.documentElement.toggleAttribute("data-editing", Boolean(editing));
    // The map's frame may not be there yet: it asks for what is kept here when it is.
    window.datelineLook = look;
    document.querySelector(".st-key-map iframe")?.contentWindow.dateline?.look?.(look);
  }

  document.addEventListener("click", (event) => {
    const anchor = event.target.closest?.("a.pick");
    if (anchor && !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0) {
      event.preventDefault();
      returnTo = { region: anchor.closest("[class*='st-key-']")?.className, href: anchor.getAttribute("href") };
      go(anchor.getAttribute("href"));
    } else if (event.target.closest?.(".filters-toggle")) {
      app.classList.toggle("filters-open");
      sayFolded();
    } else if (event.target.closest?.(".embed-link")) {
      showEmbed(event.target.closest(".embed-link"));
    } else if (event.target.closest?.(".copy-link")) {
      copy(event.target.closest(".copy-link"));
    } else if (event.target.closest?.(".load-medium")) {
      loadMedium(event.target.closest(".load-medium"));
    }
  }, { signal });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    // Escape closes an open list or pop-over first, and leaves what is being typed alone.
    if (document.querySelector("[data-baseweb='popover'], [role='dialog'], [role='listbox']")) return;
    if (document.activeElement?.matches("input, textarea")) return;
    const query = new URLSearchParams(window.location.search);
    if (query.has("place") || query.has("event")) setTriggerValue("clear", true);
  }, { signal });

  // What was pasted whole is taken over at once, not only when the field is left.
  document.addEventListener("paste", (event) => {
    const field = event.target.closest?.(".st-key-paste textarea");
    if (field) setTimeout(() => field.blur());
  }, { signal });

  // On a phone the panel lies under the map: what was just asked for there is brought into view.
  function showPanel(panel) {
    if (panel && lastPanel !== null && panel !== lastPanel && window.innerWidth <= 640) {
      const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
      document.querySelector(".st-key-details")?.scrollIntoView({ block: "start", behavior: still ? "auto" : "smooth" });
    }
    lastPanel = panel ?? "";
  }

  // A file or a story folder may be dropped anywhere on the page: it goes to the dialog that opens stories.
  document.addEventListener("dragover", (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    app.classList.add("dropping");
  }, { signal });
  document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) app.classList.remove("dropping"); }, { signal });
  document.addEventListener("drop", (event) => {
    app.classList.remove("dropping");
    if (!event.dataTransfer?.types.includes("Files") || event.target.closest?.("[data-testid='stFileUploaderDropzone']")) return;
    event.preventDefault();
    // What was dropped is gone once this function has returned, so its entries are taken now.
    const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
    give(entries.length ? entries : [...event.dataTransfer.files]);
  }, { signal });

  async function give(dropped) {
    const files = new DataTransfer();
    for (const entry of dropped) for (const file of await filesOf(entry)) files.items.add(file);
    const find = () => document.querySelector("[role='dialog'] [data-testid='stFileUploader'] input[type='file']");
    if (!find()) document.querySelector(".st-key-open button")?.click();
    const input = find() ?? await new Promise((found) => {
      const watch = new MutationObserver(() => { if (find()) { watch.disconnect(); found(find()); } });
      watch.observe(document.body, { childList: true, subtree: true });
      signal.addEventListener("abort", () => watch.disconnect());
    });
    input.files = files.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  async function filesOf(entry) {
    if (entry instanceof File) return [entry];
    if (entry.isFile) return [await new Promise((done, failed) => entry.file(done, failed))];
    const inside = await new Promise((done, failed) => entry.createReader().readEntries(done, failed));
    const shown = inside.filter((one) => one.isFile && !one.name.startsWith("."));
    return Promise.all(shown.map((one) => new Promise((done, failed) => one.file(done, failed))));
  }

  async function copy(button) {
    const words = button.textContent;
    if (button.dataset.private === "1") {
      button.textContent = "Save it first: only you can open it";
      setTimeout(() => { button.textContent = words; }, 2500);
      return;
    }
    try {
      const address = new URL(window.location.href);
      // What is handed on may be read, not changed.
      if (button.dataset.story) address.searchParams.set("story", button.dataset.story);
      await navigator.clipboard.writeText(address.href);
      button.textContent = "Copied";
    } catch {
      button.textContent = "Copy it from the address bar";
    }
    setTimeout(() => { button.textContent = words; }, 1800);
  }

  // The lists stay as they are when something else is chosen in them; the panel is drawn with its own marks.
  function markChosen() {
    let marked = false;
    for (const link of document.querySelectorAll("a.pick[href*='event=']")) {
      if (link.closest(".st-key-details")) continue;
      const is = chosen.has(new URLSearchParams(link.getAttribute("href")).get("event"));
      if (is === link.hasAttribute("aria-current")) continue;
      if (is) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
      if (!link.matches(".inline")) link.closest("li, tr")?.classList.toggle("chosen", is);
      marked ||= Boolean(link.closest(".mark"));
    }
    // A chosen label is bold, and wider: there is time for that once the panel stands.
    if (marked) (window.requestIdleCallback ?? setTimeout)(layOut);
  }

  // A region that is drawn anew loses the focus: give it back to the link that was followed.
  function restoreFocus() {
    if (!returnTo || (document.activeElement && document.activeElement !== document.body)) return;
    const same = [...document.querySelectorAll("a.pick")].filter((a) => a.getAttribute("href") === returnTo.href);
    const inRegion = same.find((a) => a.closest("[class*='st-key-']")?.className === returnTo.region);
    (inRegion || same[0])?.focus({ preventScroll: true });
  }

  /** The button is drawn anew with the number of filters that are set. */
  function sayFolded() {
    document.querySelector(".filters-toggle")?.setAttribute("aria-expanded", String(app.classList.contains("filters-open")));
  }

  // A first visit is told what the page is, until the first act: whatever is chosen stands in the address.
  const asked = () => [...new URLSearchParams(window.location.search)].filter(([name]) => name !== "story").join("&");
  function greet() {
    if (greeted === null) {
      greeted = asked();
      let before = true;
      try {
        before = Boolean(localStorage.getItem(VISITED));
        localStorage.setItem(VISITED, "1");
      } catch { /* A browser that keeps nothing is not greeted at every visit. */ }
      if (before) return;
      document.documentElement.toggleAttribute("data-first-visit", true);
    } else if (greeted !== asked()) {
      acted();
    }
  }

  // Dialogs and lists stand outside the app, and must be as dark as it is.
  const handOnScheme = () => { document.documentElement.style.colorScheme = getComputedStyle(app).colorScheme; };
  handOnScheme();
  const themes = new MutationObserver(handOnScheme);
  themes.observe(app, { attributes: true, attributeFilter: ["class", "style"] });
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => setTimeout(handOnScheme), { signal });

  const paintBrush = startBrush((range) => { acted(); setTriggerValue("range", range); }, signal);
  app.addEventListener("change", acted, { signal });
  // Laying out the timeline's labels takes longer than all else here: only where it is another, or has another width.
  let moved = true;
  let queued = 0;
  const refresh = () => {
    cancelAnimationFrame(queued);
    queued = requestAnimationFrame(() => {
      paintBrush();
      if (moved) placeLabels();
      moved = false;
      markChosen();
      showAsOf();
      restoreFocus();
      offerNews();
      sayFolded();
      greet();
      // What was just done here is no reason to do it again: without this the page would never come to rest.
      mutations.takeRecords();
    });
  };
  const mutations = new MutationObserver((records) => {
    const holds = (selector) => records.some(({ target, addedNodes }) =>
      target.closest?.(".stHtml")?.querySelector(selector) || [...addedNodes].some((node) => node.querySelector?.(selector)));
    moved ||= holds(".timeline");
    if (moved || holds("a.pick, p.visit")) refresh();
  });
  mutations.observe(app, { childList: true, subtree: true });
  const layOut = () => { moved = true; refresh(); };
  window.addEventListener("resize", layOut, { signal });
  document.fonts?.ready.then(layOut);
  refresh();

  const stop = () => {
    controller.abort();
    mutations.disconnect();
    themes.disconnect();
  };
  return { take, stop };
}
