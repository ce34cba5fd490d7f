// What the whole window does for the map: the list of keys, and the map over all of the window.

const KEYS = [
  ["On the page", [
    ["Tab", "to the next control, name or event"],
    ["Enter", "chooses it"],
    ["Esc", "closes what is open, then shows all again"],
    ["?", "this list"],
  ]],
  ["On the map", [
    ["← ↑ → ↓", "move the map that has the focus"],
    ["+ −", "zoom in and out"],
    ["Tab", "from name to name"],
    ["Enter or Space", "chooses a place"],
  ]],
  ["At the ends of the dates", [
    ["← →", "a day earlier or later"],
    ["Page Down/Up", "a week earlier or later"],
    ["Home, End", "to the first or the last day"],
  ]],
  ["While the story plays", [
    ["Space", "plays and pauses"],
    ["← →", "one step back or on"],
    ["Home, End", "to the first or the last step"],
    ["Esc", "ends it"],
  ]],
];
// Where articles are read.
const KEYS_OF_READING = [
  ["Checking an article", [
    ["j k", "to the next or the former draft"],
    ["a x e", "accept, reject or change it"],
    ["m s", "merge it with another, split it"],
    ["u", "undo"],
    ["w", "select words of its text"],
  ]],
  ["Selecting words", [
    ["← →", "a word back or on; with Shift one less or more"],
    ["↑ ↓", "the same by sentences"],
    ["n", "makes an event of them"],
    ["Esc", "ends it"],
  ]],
];

function listOfKeys(keys) {
  const make = (tag, text, ...inside) => {
    const node = document.createElement(tag);
    node.textContent = text;
    node.append(...inside);
    return node;
  };
  const dialog = make("dialog", "");
  dialog.className = "keys";
  const heading = make("h2", "Keys");
  heading.id = "keys-heading";
  dialog.setAttribute("aria-labelledby", heading.id);
  const close = make("button", "Close");
  close.type = "button";
  close.addEventListener("click", () => dialog.close());
  const groups = keys.map(([where, keys]) => make("section", "", make("h3", where), make("dl", "", ...keys.map(
    ([key, does]) => make("div", "", make("dt", "", make("kbd", key)), make("dd", does)),
  ))));
  dialog.append(heading, ...groups, close);
  // What closes the list must not end the choice behind it too.
  dialog.addEventListener("keydown", (event) => event.stopPropagation());
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  dialog.addEventListener("close", () => dialog.remove());
  return dialog;
}

/** The keys and events of the window, until `signal`; `keys` are what the list of keys tells. */
function followWindow(signal, keys = KEYS) {
  const root = document.documentElement;
  const fill = (on) => root.toggleAttribute("data-map-full", on);

  function showKeys() {
    if (document.querySelector("dialog.keys, [role='dialog']")) return;
    const dialog = listOfKeys(keys);
    (document.querySelector(".stApp") ?? document.body).append(dialog);
    dialog.showModal();
  }

  async function toggleFull() {
    const on = !root.hasAttribute("data-map-full");
    fill(on);
    try {
      // The whole page and not the map's frame: what the page opens over itself must be seen too.
      if (on) await root.requestFullscreen?.();
      else if (document.fullscreenElement) await document.exitFullscreen();
    } catch {
      // Refused, or no such thing on this telephone: then the map has all of the window.
    }
  }

  document.addEventListener("dateline:keys", showKeys, { signal });
  document.addEventListener("dateline:full", toggleFull, { signal });
  document.addEventListener("fullscreenchange", () => { if (!document.fullscreenElement) fill(false); }, { signal });
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || document.activeElement?.matches("input, textarea, [contenteditable='true']")) return;
    if (event.key === "?") showKeys();
    else if (event.key !== "Escape" || !root.hasAttribute("data-map-full") || document.querySelector("[role='dialog'], [data-baseweb='popover']")) return;
    else toggleFull();
    event.preventDefault();
  }, { signal });
}

