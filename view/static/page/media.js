// A picture or a video of another server is loaded once its button, which names the server, was pressed; a graphic one
// asks a second time. It comes in a frame of its own whose headers let it reach that one server and run nothing.
function loadMedium(button) {
  const { kind, link, host, alt, graphic } = button.dataset;
  if (graphic === "1" && !button.dataset.asked) {
    button.dataset.asked = "1";
    button.textContent = host ? `It may be distressing. Load it from ${host} all the same?` : "It may be distressing. Show it all the same?";
    return;
  }
  if (kind === "kept") {
    const picture = document.createElement("img");
    picture.alt = alt;
    picture.src = link;
    button.closest(".load").replaceWith(picture);
    return;
  }
  const frame = document.createElement("iframe");
  frame.setAttribute("sandbox", "");
  frame.className = "loaded-medium";
  frame.title = alt;
  frame.referrerPolicy = "no-referrer";
  frame.src = new URL(`dateline/medium?${new URLSearchParams({ kind, link, alt })}`, document.baseURI).href;
  button.closest(".load").replaceWith(frame);
}
