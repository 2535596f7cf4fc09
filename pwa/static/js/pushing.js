// The page on notifications: what is true of this phone, and turning it on or off.

import { announce } from "./announce.js";
import { PushError, enrol, isEnrolled, leave, renew } from "./library/pushed.js";
import { keepQuiet } from "./offering.js";

const READY_MS = 10_000;
const TEST = "/";
/** So long a test may be on its way; what comes later is said all the same. */
const SILENT_MS = 30_000;

const root = document.querySelector("[data-push][data-push-ready]");
// Only Safari on iPhone and iPad has this, and it says whether the page runs as an app.
const standalone = /** @type {{ standalone?: boolean }} */ (navigator).standalone;

/** @param {string} name of what is true */
function show(name) {
  for (const each of root?.querySelectorAll("[data-push-is]") ?? []) {
    each.toggleAttribute("hidden", each.getAttribute("data-push-is") !== name);
  }
  const isApp = standalone === true || matchMedia("(display-mode: standalone)").matches;
  for (const each of root?.querySelectorAll("[data-push-where]") ?? []) {
    each.toggleAttribute("hidden", each.getAttribute("data-push-where") !== (isApp ? "app" : "browser"));
  }
}

async function look() {
  if (!("serviceWorker" in navigator && "PushManager" in globalThis && "Notification" in globalThis)) {
    show(standalone === false ? "home-screen" : "unsupported");
    return;
  }
  if (Notification.permission === "denied") {
    show("blocked");
    return;
  }
  const registration = await navigator.serviceWorker.getRegistration();
  const isAllowed = Notification.permission === "granted";
  root?.querySelector("[data-push-question]")?.toggleAttribute("hidden", isAllowed);
  show(registration && isAllowed && (await isEnrolled(registration)) ? "on" : "off");
}

/** @param {"far" | "unanswered" | "server" | ""} why */
function complain(why) {
  const at = root?.querySelector("[data-push-wrong]");
  if (!(at instanceof HTMLElement)) return;
  at.hidden = why === "";
  at.textContent = (why && at.dataset[why]) ?? "";
}

/** @param {HTMLButtonElement} button */
async function turnOn(button) {
  const label = button.querySelector("span");
  const words = label?.textContent ?? "";
  complain("");
  button.disabled = true;
  if (label) label.textContent = button.dataset.busy ?? words;
  try {
    const allowed = await Notification.requestPermission();
    if (allowed === "granted") await enrol(await ready(), document.documentElement.lang);
    else if (allowed === "default") complain("unanswered");
  } catch (error) {
    complain(error instanceof PushError ? error.why : "far");
  }
  button.disabled = false;
  if (label) label.textContent = words;
  await look();
}

/** @returns {Promise<ServiceWorkerRegistration>} */
async function ready() {
  const late = new Promise((_, reject) => setTimeout(reject, READY_MS));
  return /** @type {Promise<ServiceWorkerRegistration>} */ (Promise.race([navigator.serviceWorker.ready, late]));
}

async function turnOff() {
  complain("");
  keepQuiet();
  await leave(await ready()).catch(() => undefined);
  await look();
}

// A test that was sent comes back through the push service: what the phone has shown is said, and that it has shown nothing.

async function followTest() {
  const line = root?.querySelector("[data-push-came]");
  if (!(line instanceof HTMLElement)) return;
  /** @type {(words: string | undefined) => void} */
  const tell = (words = "") => {
    line.textContent = words;
    announce(words);
  };
  const silence = setTimeout(() => tell(line.dataset.silent), SILENT_MS);
  const came = () => {
    clearTimeout(silence);
    tell(line.dataset.shown);
  };
  navigator.serviceWorker?.addEventListener("message", (event) => {
    if (event.data?.kind === "told" && event.data.place === TEST) came();
  });
  if ((await shownTests()).length) came();
}

/** A test that is sent now is not to be taken for one that was shown before. */
async function closeTests() {
  for (const each of await shownTests()) each.close();
}

async function shownTests() {
  const registration = await navigator.serviceWorker?.getRegistration();
  const shown = (await registration?.getNotifications?.()) ?? [];
  return shown.filter((each) => each.data?.navigate === TEST);
}

async function begin() {
  const on = root?.querySelector("[data-push-on]");
  if (on instanceof HTMLButtonElement) on.addEventListener("click", () => void turnOn(on));
  root?.querySelector("[data-push-off]")?.addEventListener("click", () => void turnOff());
  root?.querySelector("[data-push-test]")?.addEventListener("submit", () => void closeTests());
  void followTest();
  await look();
  // What the server knows of this phone is made true, too, so that a test arrives.
  const registration = await navigator.serviceWorker?.getRegistration();
  if (!registration || !("PushManager" in globalThis) || Notification.permission !== "granted") return;
  await renew(registration, document.documentElement.lang, { isAsked: true }).catch(() => undefined);
  await look();
}

if (root) void begin();
