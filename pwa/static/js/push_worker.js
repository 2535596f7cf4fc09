// The part of the service worker that is woken by a push message: something is shown, always, and made ready to be read.

import { showBadge } from "./library/badge.js";
import { forget, renew } from "./library/pushed.js";
import { looks } from "./library/store.js";
import { sync } from "./library/sync.js";
import { noteTold } from "./library/told.js";

/**
 * What a notification says. `words`: a title for messages that cannot be read, by language.
 * @typedef {object} Told
 * @property {string} [title]
 * @property {string} [body]
 * @property {string} [tag]
 * @property {string} [lang]
 * @property {string} [navigate]
 */

/** @typedef {{ words: Record<string, string>, files: string[] }} Known */

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
const LOOKS_MS = 500;

/** @param {Known} known */
export function attendPush(known) {
  worker.addEventListener("push", (event) => event.waitUntil(tell(event.data, known)));
  worker.addEventListener("notificationclick", (event) => event.waitUntil(open(event.notification)));
  worker.addEventListener("notificationclose", (event) => event.waitUntil(showBadge(worker.registration).catch(() => undefined)));
  worker.addEventListener("pushsubscriptionchange", (event) => {
    /** @type {ExtendableEvent} */ (event).waitUntil(renew(worker.registration).catch(() => undefined));
  });
}

/** Whoever was told here signs out. */
export function endPush() {
  return forget(worker.registration).catch(() => undefined);
}

/**
 * Shown also while a page is open, and whatever was sent: browsers end the subscription of a site that shows nothing.
 * @param {PushMessageData | null} data
 * @param {Known} known
 */
async function tell(data, known) {
  const told = read(data);
  const place = within(told.navigate);
  await Promise.all([show(told, place, known), makeReady(place)]);
  await showBadge(worker.registration).catch(() => undefined);
}

/**
 * @param {PushMessageData | null} data
 * @returns {Told}
 */
function read(data) {
  try {
    const told = data?.json();
    return told?.notification ?? told?.data ?? {};
  } catch {
    return {};
  }
}

/**
 * @param {Told} told
 * @param {string} place
 * @param {Known} known
 */
async function show(told, place, { words, files }) {
  const lang = told.lang ?? (await language());
  const drawn = (/** @type {string} */ name) => files.find((address) => address.endsWith(`/icons/${name}.png`));
  /** @type {NotificationOptions} */
  const how = { lang, icon: drawn("icon-192"), badge: drawn("badge-96"), data: { navigate: place } };
  if (told.tag) how.tag = told.tag;
  if (told.body) how.body = told.body;
  await worker.registration.showNotification(told.title || words[lang] || words.vi || "", how);
  await showBadge(worker.registration).catch(() => undefined);
  const pages = await worker.clients.matchAll({ type: "window", includeUncontrolled: true });
  for (const page of pages) page.postMessage({ kind: "told", place });
}

/** The phone's, where the message says none; nothing that takes long may keep it from being shown. */
async function language() {
  const late = new Promise((resolve) => setTimeout(resolve, LOOKS_MS));
  const wanted = await Promise.race([looks(), late]).catch(() => undefined);
  return /** @type {import("./library/store.js").Looks | undefined} */ (wanted)?.language === "en" ? "en" : "vi";
}

/**
 * So that the tap opens without a network: what is new is kept, and where the notice leads is known.
 * @param {string} place
 */
async function makeReady(place) {
  await Promise.allSettled([sync({ isTold: true }), noteTold(place)]);
}

/** @param {Notification} shown */
async function open(shown) {
  shown.close();
  const address = new URL(within(shown.data?.navigate), location.origin).href;
  const pages = await worker.clients.matchAll({ type: "window", includeUncontrolled: true });
  // A page that shows something else may hold words that nobody has sent yet: it is left alone.
  const there = pages.find((page) => page.url === address);
  await (there ? there.focus() : worker.clients.openWindow(address));
}

/**
 * A path of ours: what leads elsewhere leads to the first page instead.
 * @param {unknown} address
 */
function within(address) {
  try {
    const { origin, pathname, search, hash } = new URL(String(address ?? "/"), location.origin);
    return origin === location.origin ? pathname + search + hash : "/";
  } catch {
    return "/";
  }
}
