// Keeps the handbook's own files, and puts what was saved on the page when the network is gone or too slow.
//
// Pages always come from the server when it answers; the worker keeps none of them. Which files there are is written
// above by the server (backend/pages/worker_script.py).

import { showBadge } from "./library/badge.js";
import { doubtEnrolment } from "./library/pushed.js";
import { dropMarks, see } from "./library/seen.js";
import { claim, doubt } from "./library/store.js";
import { noticeIn } from "./library/told.js";
import { dropAll } from "./library/unsent.js";
import { attendPush, endPush } from "./push_worker.js";
import { LISTS, isSaved, list, savedPage } from "./saved_worker.js";

/**
 * @typedef {object} App
 * @property {string} version of everything kept here
 * @property {string} statics the part of the files' addresses that changes with them
 * @property {string[]} files
 * @property {Record<string, string>} words of a notification that says nothing itself, by language
 */

const worker = /** @type {ServiceWorkerGlobalScope & { APP: App }} */ (/** @type {unknown} */ (self));
const { version, statics, files, words } = worker.APP;

const KIND = "app-";
const SHELF = `${KIND}${statics}-${version}`;
const OWNER = "sotay-library-owner";
const SLOW_MS = 3_000;
const ANSWER_MS = 1_000;
const ENTRANCE = /^\/account\/(sign-in(\/passkey)?|activate|enter\/[^/]+)$/;

worker.addEventListener("install", (event) => event.waitUntil(keepFiles()));
worker.addEventListener("activate", (event) => event.waitUntil(begin()));
worker.addEventListener("message", (event) => event.waitUntil(heed(event)));
worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== location.origin) return;
  if (request.mode === "navigate") {
    if (request.method === "GET") event.respondWith(page(event, url));
    else if (url.pathname === "/account/sign-out") event.respondWith(signOut(event));
    else if (ENTRANCE.test(url.pathname)) event.respondWith(enter(request));
  } else if (request.method === "POST" && ENTRANCE.test(url.pathname)) {
    event.respondWith(enter(request));
  } else if (url.pathname.startsWith("/static/")) {
    event.respondWith(file(request));
  }
});

attendPush({ words, files });

// Versions

async function keepFiles() {
  const shelf = await caches.open(SHELF);
  // Without cookies: a frame is drawn for nobody.
  await shelf.addAll(files.map((address) => new Request(address, { credentials: "omit" })));
}

async function begin() {
  await worker.registration.navigationPreload?.enable();
  await worker.clients.claim();
  await tidy();
}

/** @param {ExtendableMessageEvent} event */
async function heed(event) {
  const { kind } = event.data;
  if (kind === "claim") await worker.clients.claim();
  if (kind === "take-over") await worker.skipWaiting();
  if (kind === "settle" && (await versionsOpen()).every((open) => open === statics)) await worker.skipWaiting();
  if (kind === "which") event.ports[0]?.postMessage(statics);
  if (kind === "tidy") await tidy();
}

/** Old files go when no page that is open was made with them. */
async function tidy() {
  const { installing, waiting } = worker.registration;
  const others = (await caches.keys()).filter((name) => name.startsWith(KIND) && name !== SHELF);
  if (!others.length || installing || waiting) return;
  const open = await versionsOpen();
  if (open.includes("")) return; // a page that sleeps cannot say what it needs
  const needless = others.filter((name) => !open.some((each) => name.startsWith(`${KIND}${each}-`)));
  await Promise.all(needless.map((name) => caches.delete(name)));
}

/** @returns {Promise<string[]>} with which files each open page was made; empty for one that does not answer */
async function versionsOpen() {
  const pages = await worker.clients.matchAll({ type: "window", includeUncontrolled: true });
  return Promise.all(pages.map((each) => answerOf(each)));
}

/**
 * @param {Client} client
 * @returns {Promise<string>}
 */
function answerOf(client) {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = (event) => resolve(String(event.data));
    client.postMessage({ kind: "which" }, [port2]);
    setTimeout(() => resolve(""), ANSWER_MS);
  });
}

/** @param {Request} request */
async function file(request) {
  return (await caches.match(request, { ignoreVary: true })) ?? fetch(request);
}

// Pages

/**
 * @param {FetchEvent} event
 * @param {URL} url
 * @returns {Promise<Response>}
 */
async function page(event, url) {
  const answering = ask(event);
  event.waitUntil(answering.catch(() => undefined));
  event.waitUntil(markOpened(url));
  try {
    const isThere = await isSaved(url);
    const answer = await (isThere ? Promise.race([answering, after(SLOW_MS)]) : answering);
    if (answer && (answer.status < 500 || !(isThere || LISTS.includes(url.pathname)))) return answer;
  } catch {
    // No network: what is saved is shown.
  }
  return (await savedPage(url, SHELF)) ?? answering.catch(() => list(url, SHELF));
}

/**
 * What the server says. If it says it to another reader than the library's, the library is empty before it is shown.
 * @param {FetchEvent} event
 * @returns {Promise<Response>}
 */
async function ask(event) {
  const answer = /** @type {Response} */ ((await event.preloadResponse) ?? (await fetch(event.request)));
  const owner = answer.headers.get(OWNER);
  if (owner) await belongTo(owner);
  return answer;
}

/** @param {string} owner */
async function belongTo(owner) {
  try {
    if (!(await claim(owner))) return;
  } catch {
    return; // a phone that keeps nothing has nothing to forget
  }
  for (const client of await worker.clients.matchAll({ type: "window" })) client.postMessage({ kind: "reader-changed" });
}

/**
 * Signing out empties the phone even when the server cannot be told.
 * @param {FetchEvent} event
 */
async function signOut(event) {
  await belongTo("visitor");
  await Promise.race([endPush(), after(SLOW_MS)]);
  await Promise.allSettled([dropAll(), dropMarks()]);
  try {
    return await fetch(event.request);
  } catch {
    return list(new URL(event.request.url), SHELF);
  }
}

/**
 * Somebody signs in: until the next answer says who it is, nothing that is kept may be shown.
 * @param {Request} request
 */
async function enter(request) {
  await doubt(true).catch(() => undefined);
  await doubtEnrolment().catch(() => undefined);
  try {
    return await fetch(request);
  } catch (error) {
    await doubt(false).catch(() => undefined);
    throw error;
  }
}

/**
 * Only a notification leads to a notice's own address, by whichever way the phone opens it: whoever comes there has seen it.
 * @param {URL} url
 */
async function markOpened({ pathname }) {
  const id = noticeIn(pathname);
  if (!id) return;
  await see(id).catch(() => undefined);
  await showBadge(worker.registration).catch(() => undefined);
}

/**
 * @param {number} milliseconds
 * @returns {Promise<undefined>}
 */
function after(milliseconds) {
  return new Promise((resolve) => setTimeout(() => resolve(undefined), milliseconds));
}
