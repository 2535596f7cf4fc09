// What each page does for the library: keeps it up to date, says what is on the phone, and leaves when the reader changed.

import { claim, has, keepLooks, state } from "./store.js";
import { OWNER, VISITOR, sync } from "./sync.js";
import { watchUpdates } from "./updates.js";

/** What is no longer a reader's leaves an open page within a minute; phones spread their questions over some seconds. */
const EVERY_MS = 40_000;
const SPREAD_MS = 12_000;
const PATIENCE_MS = 3_000;

let isLeaving = false;
let isKept = false;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let asking;
/** For whom this page was made, as far as is known. */
let reader = "";

export function keepLibrary() {
  if (!("indexedDB" in globalThis)) return;
  void watchUpdates();
  watchReader();
  addEventListener("library", (event) => {
    const { phase } = /** @type {CustomEvent<import("./sync.js").Standing>} */ (event).detail;
    void (phase === "changed" ? leaveIfAnother() : mark());
  });
  document.addEventListener("visibilitychange", () => void keepAsking());
  addEventListener("online", () => void keepAsking());
  void begin();
}

async function begin() {
  try {
    const { owner } = await state();
    const isUnlike = isMembers() && owner === VISITOR;
    reader = isUnlike ? "" : owner;
    // The worker looks whose library it is whenever it passes a page on; a page that did not pass it looks itself.
    if (isUnlike || !navigator.serviceWorker?.controller) await askWhoReads();
    await rememberLooks();
    await mark();
  } catch {
    return; // nothing can be kept on this phone
  }
  await keepAsking();
}

/** Brings the library up to date now if it is due, and again and again while the page is looked at. */
async function keepAsking() {
  clearTimeout(asking);
  if (document.hidden) return;
  await sync();
  await mark(); // what another page of this phone was told counts here too
  const pause = await untilNext();
  clearTimeout(asking);
  if (!document.hidden) asking = setTimeout(() => void keepAsking(), pause);
}

/** Milliseconds until it is to be asked again, counted from the last answer, whichever page it was given to. */
async function untilNext() {
  const every = EVERY_MS + Math.random() * SPREAD_MS;
  const { syncedAt } = await state();
  const left = syncedAt + every - Date.now();
  return left > 0 && left < every ? left : every;
}

/** Whether the open document can be read without a network, and whether there was room. */
async function mark() {
  const page = document.querySelector("[data-document]");
  const slug = (page instanceof HTMLElement && page.dataset.slug) || "";
  const wasKept = isKept;
  isKept = slug !== "" && (await has(slug));
  if (wasKept && !isKept) await leaveIfTaken();
  for (const each of document.querySelectorAll("[data-offline-kept]")) each.toggleAttribute("hidden", !isKept);
  const { isFull } = await state();
  document.querySelector("[data-library-full]")?.toggleAttribute("hidden", !isFull);
}

/** A document that was taken from the phone is taken from its open page too, unless it may still be read there. */
async function leaveIfTaken() {
  const answer = await fetch(location.pathname, { method: "HEAD", cache: "no-store" }).catch(() => null);
  if (answer?.status === 404) location.reload();
}

/** The frames of saved pages are drawn in the language and colours that were last chosen. */
function rememberLooks() {
  const { lang, dataset } = document.documentElement;
  return keepLooks({ language: lang, theme: dataset.theme ?? "auto", text: dataset.text ?? "normal" });
}

// The reader

function watchReader() {
  navigator.serviceWorker?.addEventListener("message", (event) => {
    if (event.data?.kind === "reader-changed") void leaveIfAnother();
  });
  addEventListener("beforeunload", () => {
    isLeaving = true;
  });
  addEventListener("pageshow", (event) => {
    isLeaving = false;
    if (event.persisted) void askWhoReads();
  });
  document.querySelector("[data-preferences]")?.addEventListener("change", () => setTimeout(rememberLooks));
}

function isMembers() {
  return document.body.dataset.reader === "member";
}

/** A page that shows something of a reader who is gone is loaded anew, as whoever reads now. */
async function leaveIfAnother() {
  const { owner } = await state();
  const isTheirs = isMembers() || document.querySelector("[data-saved], [data-saved-list]") !== null;
  if (reader && owner !== reader && isTheirs && !isLeaving) location.reload();
  reader ||= owner;
}

/**
 * Asks the server whose library this is to be, and makes it theirs. Without a network it stays whose it was.
 * @returns {Promise<void>}
 */
export async function askWhoReads() {
  try {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const answer = await fetch("/manifest.webmanifest", { method: "HEAD", cache: "no-store", signal });
    const owner = answer.headers.get(OWNER);
    if (owner) await claim(owner);
  } catch {
    // Offline, or too slow to wait for.
  }
  await leaveIfAnother();
}
