// Inside another page: how high this one would be, so that its frame can be as high.

/** Tells the page around how high this one would be, by {type: "dateline:height", height}, height in whole pixels: at
    first, and whenever it is another after `watched` has changed its size. Gives what ends it. */
function tellHeight(watched, heightOf) {
  let told = 0;
  const watch = new ResizeObserver(() => {
    const height = Math.ceil(heightOf());
    // How high it is is no secret, and the page around may be any.
    if (height !== told) window.parent.postMessage({ type: "dateline:height", height: (told = height) }, "*");
  });
  watch.observe(watched);
  return () => watch.disconnect();
}
