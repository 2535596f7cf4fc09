// Keeps the numbers of what waits at the desk true while a page is looked at, and says when something new came.
//
// The server tells of changes as they happen. Where it cannot (no such stream in this browser, a proxy that cuts it or
// holds it back), it is asked now and then until it can again. A page that nobody looks at does neither.

const EVENTS = "/api/moderation/events";
const COUNTS = "/api/moderation/counts";
const PATIENCE_MS = 45_000; // the server gives a sign of life every 15 seconds
const SOON_MS = 3_000;
const ASK_MS = 30_000;
const LISTEN_MS = 60_000;
const SLOWEST_MS = 5 * 60_000;

/** @typedef {Record<string, Record<string, number> | null>} Told */

/** @type {EventSource | undefined} */
let source;
let isHeard = false;
let isOver = false;
let askMs = ASK_MS;
let listenMs = LISTEN_MS;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let asking;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let listening;

/** What was last known of each number that the line of new things counts. @type {Map<string, number>} */
const counted = new Map();
let fresh = 0;

const line = document.querySelector("[data-fresh]");

begin();

function begin() {
  for (const pair of line?.getAttribute("data-fresh")?.trim().split(/\s+/) ?? []) {
    const [name = "", count] = pair.split("=");
    counted.set(name, Number(count));
  }
  document.addEventListener("visibilitychange", () => (document.hidden ? stop() : listen()));
  addEventListener("online", listen);
  addEventListener("pagehide", stop);
  addEventListener("pageshow", (event) => {
    if (event.persisted) listen();
  });
  listen();
}

// Listening

function listen() {
  stop();
  if (isOver || document.hidden) return;
  if (!("EventSource" in globalThis)) {
    askIn(0);
    return;
  }
  source = new EventSource(EVENTS);
  source.addEventListener("counts", (event) => {
    hear();
    show(JSON.parse(event.data));
  });
  source.addEventListener("beat", hear);
  source.addEventListener("error", miss);
  listening = setTimeout(giveUp, PATIENCE_MS);
}

function stop() {
  clearTimeout(asking);
  clearTimeout(listening);
  asking = undefined;
  source?.close();
  source = undefined;
  isHeard = false;
}

function hear() {
  isHeard = true;
  askMs = ASK_MS;
  listenMs = LISTEN_MS;
  clearTimeout(asking);
  asking = undefined;
  clearTimeout(listening);
  listening = setTimeout(giveUp, PATIENCE_MS);
}

/** Cut off. The browser comes back by itself when the server said so; until then it is asked. */
function miss() {
  isHeard = false;
  if (source?.readyState === EventSource.CLOSED) giveUp();
  else askIn(SOON_MS);
}

/** Refused, or silent: it is asked, and listened to again later. */
function giveUp() {
  stop();
  askIn(SOON_MS);
  listening = setTimeout(listen, listenMs);
  listenMs = Math.min(2 * listenMs, SLOWEST_MS);
}

// Asking

/** @param {number} ms */
function askIn(ms) {
  asking ??= setTimeout(() => void ask(), ms);
}

async function ask() {
  try {
    const answer = await fetch(COUNTS, { cache: "no-cache" });
    if (answer.status === 401 || answer.status === 403) {
      isOver = true; // signed out, or nothing waits for this reader any more
      stop();
      return;
    }
    if (!answer.ok) throw new Error(String(answer.status));
    if (!isHeard) show(await answer.json());
    askMs = ASK_MS;
  } catch {
    askMs = Math.min(2 * askMs, SLOWEST_MS);
  }
  asking = undefined;
  if (!isHeard && !isOver && !document.hidden) askIn(askMs);
}

// Showing

/** @param {Told} told */
function show(told) {
  /** @type {(name: string) => number} */
  const count = (name) => {
    const [group = "", each = ""] = name.split(".");
    return told[group]?.[each] ?? 0;
  };
  for (const place of document.querySelectorAll("[data-count]")) {
    if (!(place instanceof HTMLElement)) continue;
    const number = count(place.dataset.count ?? "");
    const { most, many } = place.dataset;
    place.textContent = most && many && number > Number(most) ? many : String(number);
    place.closest("[data-counted]")?.toggleAttribute("hidden", number === 0);
  }
  for (const [name, was] of counted) {
    fresh += Math.max(0, count(name) - was);
    counted.set(name, count(name));
  }
  sayFresh();
}

/** Says that something new came, in a place that was kept for it: nothing moves under a finger. */
function sayFresh() {
  const link = line?.querySelector("a");
  if (!(line instanceof HTMLElement) || !link || !fresh) return;
  const { one, other } = line.dataset;
  const words = (fresh === 1 ? one : other?.replace("{count}", String(fresh))) ?? "";
  if (link.textContent === words) return;
  link.textContent = words;
  link.hidden = false;
}
