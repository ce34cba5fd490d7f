// Words of an article's text are selected by keyboard: word by word and sentence by sentence, said aloud as they are.

/**
 * The mode in which arrow keys select words of the text that `textOf()` gives. `start` is called with the element whose
 * words come first, or nothing; `take` is called once an event is to be made of what is selected.
 */
function wordSelection({ textOf, take, signal }) {
  const pane = () => textOf()?.closest("section");
  const status = () => textOf()?.closest(".reading").querySelector(".selecting");
  // The text that words are selected in, its words and sentences from where to where, and the first and last chosen.
  let text = null, words = [], sentences = [], anchor = 0, at = 0;

  const pieces = (granularity) => [...new Intl.Segmenter("en", { granularity }).segment(text.textContent)];
  const isOn = () => Boolean(text?.isConnected && pane()?.contains(document.activeElement));

  function start(from) {
    text = textOf();
    if (!text) return;
    words = pieces("word").filter((one) => one.isWordLike).map((one) => ({ start: one.index, end: one.index + one.segment.length }));
    if (!words.length) return;
    // A sentence by its words: those between two of them belong to neither.
    sentences = pieces("sentence").map((one) => [
      words.findIndex((word) => word.start >= one.index),
      words.findLastIndex((word) => word.end <= one.index + one.segment.length),
    ]).filter(([first, last]) => first >= 0 && first <= last);
    let first = 0;
    if (from && text.contains(from)) {
      const before = document.createRange();
      before.selectNodeContents(text);
      before.setEndBefore(from);
      const offset = before.toString().length;
      first = Math.max(0, words.findIndex((word) => word.end > offset));
    }
    pane().focus({ preventScroll: true });
    anchor = at = first;
    show("Selecting words: arrows move, with Shift they extend, up and down by sentence; n makes an event, Escape ends. ");
  }

  function end() {
    if (!text) return;
    const said = status();
    if (said) said.textContent = "";
    if (text.isConnected) document.getSelection().removeAllRanges();
    text = null;
  }

  const sentenceAt = (word) => Math.max(0, sentences.findLastIndex(([first]) => first <= word));

  function byWord(by, extend) {
    at = Math.min(Math.max(at + by, 0), words.length - 1);
    if (!extend) anchor = at;
  }

  function bySentence(by, extend) {
    const here = sentenceAt(at);
    const [first, last] = sentences[here];
    // To the edge of the sentence that it is within, then from one to the next.
    const isWhole = extend ? at === (by > 0 ? last : first) : Math.min(anchor, at) === first && Math.max(anchor, at) === last;
    const [start, stop] = sentences[Math.min(Math.max(isWhole ? here + by : here, 0), sentences.length - 1)];
    if (extend) at = by > 0 ? stop : start;
    else [anchor, at] = [start, stop];
  }

  function pointAt(offset) {
    const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
    let passed = 0;
    while (walker.nextNode()) {
      const { length } = walker.currentNode.data;
      if (offset <= passed + length) return [walker.currentNode, offset - passed];
      passed += length;
    }
    return [text, text.childNodes.length];
  }

  function show(before = "") {
    const start = words[Math.min(anchor, at)].start, stop = words[Math.max(anchor, at)].end;
    const selection = document.getSelection();
    selection.setBaseAndExtent(...pointAt(start), ...pointAt(stop));
    status().textContent = `${before}“${text.textContent.slice(start, stop)}”`;
    const box = pane().getBoundingClientRect();
    const [node, offset] = pointAt(at < anchor ? start : stop);
    const caret = document.createRange();
    caret.setStart(node, offset);
    const line = caret.getBoundingClientRect();
    if (line.top < box.top + 8 || line.bottom > box.bottom - 8) pane().scrollBy({ top: line.top - box.top - box.height / 3 });
  }

  /** Whether a key was one of these; before all that listens to keys on the page. */
  document.addEventListener("keydown", (event) => {
    if (!text || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!isOn()) return end();
    const by = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[event.key];
    if (event.key === "Escape") end();
    else if (event.key === "n" || event.key === "Enter") {
      take();
      end();
    } else if (by) {
      (event.key === "ArrowUp" || event.key === "ArrowDown" ? bySentence : byWord)(by, event.shiftKey);
      show();
    } else if (event.key.length > 1 || event.key === "?") {
      return;
    }
    // No other letter does to a draft what it does while none is looked for.
    event.preventDefault();
    event.stopImmediatePropagation();
  }, { signal, capture: true });
  document.addEventListener("pointerdown", (event) => {
    if (!event.target.closest?.(".add-words")) end();
  }, { signal });

  return { start };
}

