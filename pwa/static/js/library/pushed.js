// Where this phone is told of what is new: one address at the browser's push service, of the one member who asked for it.
//
// Which member that is, is noted beside the library. It outlives a session that ended by itself, so that whoever signs in
// again is told as before; signing out takes it away, and another member gets nothing of it.

import { OWNER, VISITOR } from "./owner.js";
import { done, state, within } from "./store.js";

/** @typedef {{ owner: string, address: string, language: string, day: string }} Enrolment */

/** `far`: the push service cannot be reached; `server`: the handbook did not take it. */
export class PushError extends Error {
  /** @param {"far" | "server"} why */
  constructor(why) {
    super(why);
    this.why = why;
  }
}

const FACT = "push";
const ADDRESS = "/api/devices";
const PATIENCE_MS = 15_000;

/**
 * The member whose library this is asks to be told here. The browser has been asked for its permission before.
 * @param {ServiceWorkerRegistration} registration
 * @param {string} language
 */
export function enrol(registration, language) {
  return alone(() => put(registration, language, true));
}

/**
 * Nothing is told here any more; without a network at least the phone forgets its address.
 * @param {ServiceWorkerRegistration} registration
 */
export function leave(registration) {
  return alone(async () => {
    await forget(registration);
    const signal = AbortSignal.timeout(PATIENCE_MS);
    await fetch(`${ADDRESS}/webpush`, { method: "DELETE", signal }).catch(() => undefined);
  });
}

/**
 * Whoever was told here signs out, or somebody else is here by now: what was shown to them goes, too.
 * @param {ServiceWorkerRegistration} registration
 */
export async function forget(registration) {
  const before = await enrolment().catch(() => undefined);
  await within("readwrite", (stores) => done(stores("facts").delete(FACT))).catch(() => undefined);
  await (await registration.pushManager?.getSubscription())?.unsubscribe();
  if (!before) return;
  for (const each of (await registration.getNotifications?.()) ?? []) each.close();
  if ("clearAppBadge" in navigator) await navigator.clearAppBadge().catch(() => undefined);
}

/**
 * Tells the server where the phone is told now, once a day and whenever something of it changed.
 * @param {ServiceWorkerRegistration} registration
 * @param {string} [language] as it was when not said
 * @param {{ isAsked?: boolean, isStart?: boolean }} [how] `isAsked`: also when nothing seems to have changed;
 *   `isStart`: also when the server knows of nothing here, or has another key by now
 */
export function renew(registration, language, { isAsked = false, isStart = false } = {}) {
  return alone(async () => {
    const owner = await member();
    if (!owner) return;
    const [before, address] = [await enrolment(), await addressOf(registration)];
    if (before?.owner !== owner) {
      if (before || address) await forget(registration);
      return;
    }
    const wanted = { owner, address, language: language ?? before.language, day: today() };
    const isKnown = isSame(before, wanted) && !(isStart && (await isLost(registration)));
    if (isAsked || !isKnown) await put(registration, wanted.language, false);
  });
}

/** @param {ServiceWorkerRegistration} registration */
async function addressOf(registration) {
  return (await registration.pushManager.getSubscription())?.endpoint ?? "";
}

/**
 * @param {Enrolment} one
 * @param {Enrolment} other
 */
function isSame(one, other) {
  return one.address === other.address && one.language === other.language && one.day === other.day;
}

/**
 * Whether the server does not send here any more, or with another key than the browser subscribed with.
 * @param {ServiceWorkerRegistration} registration
 */
async function isLost(registration) {
  const [{ key, isTold }, subscription] = [await ask(), await registration.pushManager.getSubscription()];
  const isOurs = key && subscription && isAlike(subscription.options.applicationServerKey, bytesOf(key));
  return !isTold || !isOurs;
}

/** Somebody signs in: where the phone is told is said to the server again, for their session is another. */
export async function doubtEnrolment() {
  await within("readwrite", async (stores) => {
    const before = /** @type {Enrolment | undefined} */ (await done(stores("facts").get(FACT)));
    if (before) stores("facts").put({ ...before, day: "" }, FACT);
  });
}

/**
 * Whether the member whose library this is is told here.
 * @param {ServiceWorkerRegistration} registration
 */
export async function isEnrolled(registration) {
  const [before, { owner }] = [await enrolment(), await state()];
  return before?.owner === owner && (await addressOf(registration)) === before.address;
}

/** @returns {Promise<string>} whose library this is; empty for a visitor, and while that is in doubt */
async function member() {
  const { owner, isInDoubt } = await state();
  return isInDoubt || owner === VISITOR ? "" : owner;
}

/** @returns {Promise<Enrolment | undefined>} */
function enrolment() {
  return within("readonly", (stores) => done(stores("facts").get(FACT)));
}

/**
 * @param {ServiceWorkerRegistration} registration
 * @param {string} language
 * @param {boolean} isAgreed whether the member has just asked for it
 */
async function put(registration, language, isAgreed) {
  const { key, owner } = await ask();
  if (!key || (!isAgreed && owner !== (await enrolment())?.owner)) {
    await forget(registration);
    return;
  }
  const subscription = await subscribe(registration, key);
  const { endpoint, keys } = subscription.toJSON();
  const answer = await sent({ address: endpoint, keys, agreed: isAgreed });
  if (!answer.ok) {
    // Also when the member took their consent back elsewhere: what nobody may send to is not kept.
    if (isAgreed || answer.status === 409) await forget(registration);
    throw new PushError("server");
  }
  /** @type {Enrolment} */
  const made = { owner: answer.headers.get(OWNER) ?? "", address: endpoint ?? "", language, day: today() };
  await within("readwrite", (stores) => done(stores("facts").put(made, FACT)));
}

/** @returns {Promise<{ key: string | null, isTold: boolean, owner: string }>} what to subscribe with, and who asks */
async function ask() {
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const answer = await fetch(ADDRESS, { cache: "no-store", signal }).catch(() => null);
  if (!answer?.ok) throw new PushError("server");
  /** @type {{ webpush_key: string | null, items: { channel: string }[] }} */
  const { webpush_key: key, items } = await answer.json();
  return { key, isTold: items.some(({ channel }) => channel === "webpush"), owner: answer.headers.get(OWNER) ?? "" };
}

/** @param {{ address: string | undefined, keys: Record<string, string> | undefined, agreed: boolean }} body */
async function sent(body) {
  const headers = { "Content-Type": "application/json" };
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const how = { method: "PUT", headers, body: JSON.stringify(body), signal };
  return fetch(`${ADDRESS}/webpush`, how).catch(() => {
    throw new PushError("server");
  });
}

/**
 * @param {ServiceWorkerRegistration} registration
 * @param {string} key
 * @returns {Promise<PushSubscription>}
 */
async function subscribe(registration, key) {
  const wanted = bytesOf(key);
  const before = await registration.pushManager.getSubscription();
  if (before && isAlike(before.options.applicationServerKey, wanted)) return before;
  await before?.unsubscribe();
  const asking = registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: wanted });
  const made = await Promise.race([asking, after(PATIENCE_MS)]).catch(() => undefined);
  if (!made) throw new PushError("far");
  return made;
}

/** @param {string} key url-safe base64 */
function bytesOf(key) {
  const plain = key.replaceAll("-", "+").replaceAll("_", "/");
  return Uint8Array.from(atob(plain), (each) => each.charCodeAt(0));
}

/**
 * @param {ArrayBuffer | null} one
 * @param {Uint8Array} other
 */
function isAlike(one, other) {
  if (one?.byteLength !== other.length) return false;
  return new Uint8Array(one).every((each, at) => each === other[at]);
}

function today() {
  return new Date().toISOString().slice(0, 10);
}

/**
 * One page at a time, or one would take away what another is just making.
 * @param {() => Promise<void>} work
 */
async function alone(work) {
  await (navigator.locks ? navigator.locks.request("push", work) : work());
}

/**
 * @param {number} milliseconds
 * @returns {Promise<undefined>}
 */
function after(milliseconds) {
  return new Promise((resolve) => setTimeout(() => resolve(undefined), milliseconds));
}
