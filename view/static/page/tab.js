// What a tab of the browser is known by, and what it was at: told to a server that does not know it.
let connectionLost = false;
// As the last run of the page said.
let tab = {};

export default function (component) {
  const { setTriggerValue, setStateValue, data } = component;
  const app = document.querySelector(".stApp");
  tab = data?.tab ?? {};
  keepBrowser(data?.browser, data?.refused);

  // What is worked on belongs to this browser: the cookie tells it from others when the page is loaded anew.
  function keepBrowser(token, refused) {
    const given = document.cookie.match(/(?:^|; )dateline=([0-9A-Za-z]{32}(?:\.[\w-]+)?)(?:;|$)/)?.[1];
    if (!token || given === token) return;
    // Another tab got the cookie after this one was opened: its name is this browser's, or what it works on is lost.
    const another = given && given !== refused && given.slice(0, 32) !== token.slice(0, 32);
    if (another) return setTriggerValue("browser", given);
    const secure = window.location.protocol === "https:" ? "; Secure" : "";
    document.cookie = `dateline=${token}; path=/; max-age=${400 * 24 * 3600}; SameSite=Strict${secure}`;
  }

  // A tab that comes back may find a server that knows nothing of it, and would not hear what is done in it first:
  // it says at once what it was at.
  const connection = new MutationObserver(() => {
    const connected = app.dataset.testConnectionState === "CONNECTED";
    if (connected && connectionLost) setStateValue("was", tab);
    connectionLost = !connected;
  });
  connection.observe(app, { attributes: true, attributeFilter: ["data-test-connection-state"] });

  return () => connection.disconnect();
}
