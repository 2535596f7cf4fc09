// What each page does for the library: keeps it up to date, says what is on the phone, and leaves when the reader changed.

import { claim, has, keepLooks, state } from "./store.js";
import { OWNER, VISITOR, sync } from "./sync.js";
import { watchUpdates } from "./updates.js";

const EVERY_MS = 3 * 60_000;
const PATIENCE_MS = 3_000;

let isLeaving = false;
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
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) void sync();
  });
  addEventListener("online", () => void sync());
  setInterval(() => {
    if (!document.hidden) void sync();
  }, EVERY_MS);
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
  await sync();
}

/** Whether the open document can be read without a network, and whether there was room. */
async function mark() {
  const page = document.querySelector("[data-document]");
  const slug = (page instanceof HTMLElement && page.dataset.slug) || "";
  const isKept = slug !== "" && (await has(slug));
  for (const each of document.querySelectorAll("[data-offline-kept]")) each.toggleAttribute("hidden", !isKept);
  const { isFull } = await state();
  document.querySelector("[data-library-full]")?.toggleAttribute("hidden", !isFull);
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
