// Elements made of values: all that comes from the story becomes text, never markup.

/** An element: `given` are its attributes (a string is its class), a function is a listener by the name behind "on". */
function make(tag, given, ...inside) {
  const node = document.createElement(tag);
  const attributes = typeof given === "string" ? { class: given } : given || {};
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (typeof value === "function") node.addEventListener(name.slice(2), value);
    else if (name === "style") Object.entries(value).forEach(([property, said]) => node.style.setProperty(property, said));
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...inside.flat(Infinity).filter((one) => one !== null && one !== undefined && one !== false && one !== ""));
  return node;
}

/** Adds a value to the list that a map has under a key. */
function putInto(map, key, value) {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

const glyph = (status) => make("i", { class: `glyph ${status}`, "aria-hidden": "true" });

/** A link to somewhere else, for addresses of the web alone; its words where the address is none. */
function outLink(address, words) {
  if (!/^https?:\/\//i.test(address)) return document.createTextNode(words);
  return make("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, words);
}
