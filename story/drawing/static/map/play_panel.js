// The control by which a story is played: a bar at the map's lower edge, and beside it who was last heard of where, or
// what was new on a day. It only shows what it is told and says what is asked for; play.js does the rest.
(function () {
  "use strict";

  const { icon } = window.dateline;

  function element(tag, className, ...inside) {
    const node = document.createElement(tag);
    if (className) node.className = className;
    node.append(...inside);
    return node;
  }

  function button(name, sign, act) {
    const node = element("button", sign, icon(sign));
    node.type = "button";
    node.title = name;
    node.setAttribute("aria-label", name);
    node.addEventListener("click", act);
    return node;
  }

  function choice(name, options, act) {
    const node = element("select", "");
    node.setAttribute("aria-label", name);
    options.forEach(([value, words]) => {
      const option = element("option", "", words);
      option.value = String(value);
      node.append(option);
    });
    node.addEventListener("change", () => act(Number(node.value)));
    return node;
  }

  function modeChoice(act) {
    const box = element("fieldset", "mode", element("legend", "sr", "What is played"));
    const modes = {};
    for (const [value, words, why] of [["time", "Events", "What happens, event by event"], ["known", "Knowledge", "What was known, by the day of its report"]]) {
      const input = element("input", "");
      Object.assign(input, { type: "radio", name: "play-mode", value });
      input.addEventListener("change", () => act(value));
      const label = element("label", "", input, element("span", "", words));
      label.title = why;
      box.append(label);
      modes[value] = input;
    }
    return { box, modes };
  }

  // On a button Space presses it, in a list or a day the arrows are its own.
  function onKey(event, act) {
    const at = event.target;
    const own = at.matches("select, input[type=date], input[type=radio]");
    const acts = { ArrowLeft: () => act.step(-1), ArrowRight: () => act.step(1), Home: act.first, End: act.last, " ": act.toggle, Escape: act.close };
    const wanted = acts[event.key];
    const presses = event.key === " " && at.matches("button, input[type=radio], summary");
    if (wanted && !presses && !(own && event.key !== "Escape")) {
      event.preventDefault();
      wanted();
    }
    // The map must not move, nor the choice end, by keys that were meant for this.
    if (event.key !== "Tab" && event.key !== "?") event.stopPropagation();
  }

  /** acts: what can be asked for; speeds, windows: [value, words]. Returns the parts, and `update` that shows a step. */
  function makePlayPanel({ acts, speeds, windows }) {
    // Before the story is there, nothing but the end can be asked for.
    let isReady = false;
    const guarded = ([name, ask]) => [name, (...how) => { if (isReady || name === "close") ask(...how); }];
    const act = Object.fromEntries(Object.entries(acts).map(guarded));
    const caption = element("p", "caption");
    caption.setAttribute("role", "status");
    const toggle = button("Pause", "pause", act.toggle);
    const slider = element("input", "");
    Object.assign(slider, { type: "range", min: 0, max: 0, step: 1, value: 0 });
    slider.setAttribute("aria-label", "Step");
    slider.addEventListener("input", () => act.scrub(Number(slider.value)));
    const { box, modes } = modeChoice(act.mode);
    const day = element("input", "");
    Object.assign(day, { type: "date" });
    day.setAttribute("aria-label", "Go to a day");
    day.addEventListener("change", () => { if (day.value) act.day(dateline.ordinal(day.value)); });
    const speed = choice("Speed", speeds, act.speed);
    speed.value = "1";
    const span = choice("Which events are shown", windows, act.window);
    const node = element(
      "div", "play-panel",
      element("div", "row", caption, button("End the play", "close", act.close)),
      element("div", "row steps", button("One step back", "back", () => act.step(-1)), toggle, button("One step on", "on", () => act.step(1)), slider, span),
      element("div", "row options", box, speed, day),
    );
    node.setAttribute("role", "group");
    node.setAttribute("aria-label", "Play the story");
    const held = node.querySelectorAll("input, select, .back, .on");
    for (const control of held) control.disabled = true;
    const heading = element("summary", ""), list = element("ul", "");
    // A long list is scrolled by keyboard too.
    list.tabIndex = 0;
    const beside = element("details", "play-beside", heading, list);
    for (const part of [node, beside]) {
      part.addEventListener("keydown", (event) => onKey(event, act));
      part.addEventListener("click", (event) => event.stopPropagation());
      L.DomEvent.disableClickPropagation(part);
      L.DomEvent.disableScrollPropagation(part);
    }

    function ready(story) {
      isReady = true;
      for (const control of held) control.disabled = false;
      const days = [...story.events.slice(0, story.timed).map((event) => event.day), ...story.days.map(([first]) => first)];
      const [first, last] = [days.reduce((a, b) => Math.min(a, b)), days.reduce((a, b) => Math.max(a, b))];
      day.min = dateline.isoDay(first);
      day.max = dateline.isoDay(last);
      modes.time.disabled = !story.timed;
      modes.known.disabled = !story.days.length;
      // A window longer than the story is all of it.
      for (const option of span.options) option.hidden = Number(option.value) !== Infinity && Number(option.value) >= last - first;
    }

    function update(said) {
      const sign = said.playing ? "pause" : "play";
      const name = said.playing ? "Pause" : said.over ? "Play again" : "Play";
      if (toggle.title !== name) {
        Object.assign(toggle, { title: name, className: sign });
        toggle.setAttribute("aria-label", name);
        toggle.replaceChildren(icon(sign));
      }
      if (!said.caption) return;
      slider.max = said.count - 1;
      slider.value = said.step;
      span.hidden = said.mode === "known";
      // Read out as it comes, but not faster than it can be heard.
      caption.setAttribute("aria-live", said.quick ? "off" : "polite");
      const { lead = "", when, title, rest } = said.caption;
      const at = `${(said.step + 1).toLocaleString("en")} of ${said.count.toLocaleString("en")}`;
      const words = [title, ...rest.filter(Boolean)].join(" · ");
      slider.setAttribute("aria-valuetext", `${at}: ${lead}${when}: ${words}`);
      caption.replaceChildren(lead, element("b", "", when), ` ${words} `, element("span", "at", said.over ? `${at}, the end` : at));
      if (document.activeElement !== day) day.value = dateline.isoDay(said.day);
      showLines(said);
    }

    function showLines({ heading: words, lines, more = 0 }) {
      heading.textContent = words;
      list.replaceChildren(...lines.map(({ colour, status, title, rest, was }) => {
        const mark = element("i", status ? `glyph ${status}` : `spot t${Math.min(7, colour)}`);
        const line = element("li", "", mark, element("span", "", element("b", "", title), ` ${rest}`));
        if (was) line.lastChild.append(element("s", "", element("span", "sr", " before: "), was));
        return line;
      }));
      if (more > 0) list.append(element("li", "more", `and ${more.toLocaleString("en")} more`));
      beside.hidden = !lines.length;
    }

    return { node, beside, caption, toggle, modes, ready, update };
  }

  window.dateline = Object.assign(window.dateline || {}, { makePlayPanel });
})();
