// The file inside another page.

function sayHeight() {
  if (window.parent === window) return;
  document.documentElement.toggleAttribute("data-embedded", true);
  tellHeight(document.body, () => document.body.getBoundingClientRect().height);
}
