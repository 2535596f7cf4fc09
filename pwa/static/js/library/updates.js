// Watches the service worker: a new version takes over when no open page was made with the old one, or when asked to.

const ADDRESS = "/service-worker.js";
const LOOK_AGAIN_MS = 60 * 60_000;

/** The part of this file's own address that changes with the handbook's files. */
const STATICS = new URL(import.meta.url).pathname.split("/")[2] ?? "";

let lookedAt = Date.now();
let isTaking = false;

export async function watchUpdates() {
  const workers = navigator.serviceWorker;
  if (!workers) return;
  workers.addEventListener("message", answer);
  workers.addEventListener("controllerchange", () => {
    if (isTaking) location.reload();
  });
  workers.startMessages();
  try {
    const registration = await workers.register(ADDRESS, { type: "module", updateViaCache: "none" });
    registration.addEventListener("updatefound", () => follow(registration));
    follow(registration);
    document.addEventListener("visibilitychange", () => lookAgain(registration));
    workers.controller?.postMessage({ kind: "tidy" });
    // A page that was on its way while the first worker began is not attended by it.
    const { active } = await workers.ready;
    if (!workers.controller) active?.postMessage({ kind: "claim" });
  } catch {
    // A browser without module workers reads the pages of the server.
  }
}

/** @param {MessageEvent} event */
function answer(event) {
  if (event.data?.kind === "which") event.ports[0]?.postMessage(STATICS);
}

/** @param {ServiceWorkerRegistration} registration */
function follow(registration) {
  const { installing, waiting } = registration;
  if (waiting) void offer(registration, waiting);
  installing?.addEventListener("statechange", () => {
    if (installing.state === "installed" && registration.active) void offer(registration, installing);
  });
}

/**
 * @param {ServiceWorkerRegistration} registration
 * @param {ServiceWorker} waiting
 */
async function offer(registration, waiting) {
  // This page is made of the new files already: nothing to be taken, unless another page still holds the old ones.
  waiting.postMessage({ kind: "settle" });
  if ((await filesOf(waiting)) === STATICS) return;
  const line = document.querySelector("[data-update-line]");
  if (!(line instanceof HTMLElement) || !line.hidden) return;
  line.hidden = false;
  line.querySelector("[data-update]")?.addEventListener("click", () => {
    isTaking = true;
    if (registration.waiting) registration.waiting.postMessage({ kind: "take-over" });
    else location.reload(); // it took over meanwhile, asked by another page
  });
}

/**
 * @param {ServiceWorker} one
 * @returns {Promise<string>}
 */
function filesOf(one) {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = (event) => resolve(String(event.data));
    one.postMessage({ kind: "which" }, [port2]);
  });
}

/** @param {ServiceWorkerRegistration} registration */
function lookAgain(registration) {
  if (document.hidden || Date.now() - lookedAt < LOOK_AGAIN_MS) return;
  lookedAt = Date.now();
  registration.update().catch(() => undefined);
}
