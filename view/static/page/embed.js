// The page inside another one, and what is handed out for that.

/** Whether the page is shown inside another one, as ?embed=true asks for. */
const isEmbedded = () => new URLSearchParams(window.location.search).get("embed") === "true";

/** Inside another page: tells it how high this one is, whenever that changes, and leads to the whole page. */
function startEmbed(signal) {
  if (!isEmbedded()) return;
  const out = document.createElement("a");
  out.className = "embed-out";
  out.target = "_blank";
  out.rel = "noopener";
  out.textContent = "Open in Dateline";
  // The address as it is when it is followed: what was chosen here is chosen there.
  const lead = () => { out.href = whole().href; };
  for (const act of ["pointerenter", "focus", "click"]) out.addEventListener(act, lead, { signal });
  lead();
  document.body.append(out);
  // The page itself is never less high than its window: how high it would be follows from what it holds.
  const around = document.querySelector(".stMainBlockContainer");
  const content = around.firstElementChild;
  const heightOf = () => {
    const { paddingTop, paddingBottom } = getComputedStyle(around);
    return content.getBoundingClientRect().height + parseFloat(paddingTop) + parseFloat(paddingBottom);
  };
  const stop = window.parent === window ? () => {} : tellHeight(content, heightOf);
  signal.addEventListener("abort", () => { stop(); out.remove(); });
}

/** This page's address, without what shows it inside another one. */
function whole() {
  const address = new URL(window.location.href);
  for (const name of ["embed", "embed_options"]) address.searchParams.delete(name);
  return address;
}

/** Shows the lines that put this page, as it is now, into another one. */
function showEmbed(button) {
  const address = whole();
  // What is handed on may be read, not changed.
  if (button.dataset.story) address.searchParams.set("story", button.dataset.story);
  address.searchParams.set("embed", "true");
  const holder = document.createElement("template");
  holder.innerHTML = button.dataset.frame;
  const frame = holder.content.querySelector("iframe");
  frame.setAttribute("src", address.href);
  const dialog = document.createElement("dialog");
  dialog.className = "embed";
  dialog.setAttribute("aria-labelledby", "embed-title");
  dialog.innerHTML = "<h2 id=\"embed-title\">Embed</h2><p>Put these lines into your page. It shows this story as it is filtered now, and follows it from then on.</p>"
    + "<textarea readonly spellcheck=\"false\" aria-label=\"Lines to embed\"></textarea>"
    + "<div class=\"acts\"><button type=\"button\" class=\"copy\">Copy</button><button type=\"button\" class=\"preview\">Preview</button>"
    + "<button type=\"button\" class=\"close\">Close</button></div>";
  const lines = dialog.querySelector("textarea");
  lines.value = frame.outerHTML;
  const press = (name, act) => dialog.querySelector(`.${name}`).addEventListener("click", act);
  press("copy", async ({ currentTarget }) => {
    lines.select();
    try {
      await navigator.clipboard.writeText(lines.value);
      currentTarget.textContent = "Copied";
    } catch { /* The lines are selected: the keys for copying take them. */ }
  });
  // A page of its own is opened for it: only where it is asked for.
  press("preview", ({ currentTarget }) => {
    currentTarget.disabled = true;
    dialog.append(frame);
    frame.scrollIntoView({ block: "nearest" });
  });
  press("close", () => dialog.close());
  dialog.addEventListener("close", () => { dialog.remove(); button.focus(); });
  document.body.append(dialog);
  dialog.showModal();
}
