// The window that the map stands in: the page, for which its frame is one, or the HTML file itself, which says so before.
window.dateline = { host: window.parent, ...window.dateline };
