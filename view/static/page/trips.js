// The buttons of the itineraries that join stops and split trips: what is pressed goes to the page.
export default function (component) {
  const { setTriggerValue } = component;
  const controller = new AbortController();
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.(".trip-act");
    if (!button) return;
    const { act, who, one, other } = button.dataset;
    setTriggerValue("act", { act, who, one, other });
  }, { signal: controller.signal });
  return () => controller.abort();
}
