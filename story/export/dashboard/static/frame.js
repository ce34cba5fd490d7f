// Inside another page: how high the file would be, so that its frame can be as high. The page around it hears of it as
// {type: "dateline:height", height}, height in pixels, at first and whenever it is another.

function sayHeight() {
  if (window.parent === window) return;
  document.documentElement.toggleAttribute("data-embedded", true);
  let said = 0;
  new ResizeObserver(() => {
    const height = Math.ceil(document.body.getBoundingClientRect().height);
    // The height is no secret, and the page around may be any.
    if (height !== said) window.parent.postMessage({ type: "dateline:height", height: (said = height) }, "*");
  }).observe(document.body);
}
