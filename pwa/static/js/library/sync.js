// Brings the library on the phone up to date, batch by batch; cut off at any moment, it goes on from there.

import { followInbox } from "./inbox.js";
import { followMeetings } from "./meetings.js";
import { OWNER, VISITOR, isSparing } from "./owner.js";
import { claim, count, noteFull, putAway, state } from "./store.js";

export { OWNER, VISITOR };

const ADDRESS = "/api/library";
/** Pages opened one after the other ask once. */
const PAUSE_MS = 30_000;
const PATIENCE_MS = 60_000;

/**
 * How it stands; sent out as the detail of the event `library` on window.
 * @typedef {{ phase: "going" | "done" | "stopped" | "full" | "changed", count: number }} Standing
 */

/** @typedef {{ batch: import("./store.js").Batch, owner: string }} Answer */

/** @type {Promise<void> | null} */
let going = null;
let triedAt = 0;

/**
 * @param {{ isAsked?: boolean, isTold?: boolean }} [how] `isAsked`: the member wants it now; `isTold`: a push message
 *   says that there is something new
 * @returns {Promise<void>}
 */
export function sync({ isAsked = false, isTold = false } = {}) {
  going ??= alone(() => start(isAsked, isTold)).finally(() => {
    going = null;
  });
  return going;
}

/**
 * One page at a time; whoever waited finds that there is nothing left to do.
 * @param {() => Promise<void>} work
 */
async function alone(work) {
  await (navigator.locks ? navigator.locks.request("library", work) : work());
}

/**
 * @param {boolean} isAsked
 * @param {boolean} isTold
 */
async function start(isAsked, isTold) {
  try {
    if (!isAsked && !(await isDue(isTold))) return;
    triedAt = Date.now();
    await follow(isTold);
  } catch (error) {
    triedAt = 0;
    if (isQuota(error)) await noteFull().catch(() => undefined);
    await tell(isQuota(error) ? "full" : "stopped");
  }
}

/** @param {boolean} isTold whether what was asked a moment ago is known to be old */
async function isDue(isTold) {
  if (!navigator.onLine || (!isTold && Date.now() - triedAt < PAUSE_MS)) return false;
  const { isPaused, isWhole, syncedAt, owner } = await state();
  if (isPaused) return false;
  // A visitor who pays for each byte is not made to: what they open is theirs to ask for.
  if (owner === VISITOR && isSparing()) return false;
  return isTold || !isWhole || Date.now() - syncedAt > PAUSE_MS;
}

/** @param {boolean} isTold whether whoever told asks for the inbox */
async function follow(isTold) {
  let since = (await state()).cursor;
  let hasChanged = false;
  let answer = await ask(since);
  for (;;) {
    if (await claim(answer.owner)) await tell("changed");
    const { owner, cursor } = await state();
    if (owner !== answer.owner || cursor !== since) {
      // Made for a library that is no longer there: begin with what is.
      since = cursor;
      answer = await ask(since);
      continue;
    }
    const { batch } = answer;
    hasChanged ||= isAnything(batch);
    const [next, isKept] = await Promise.all([batch.more ? ask(batch.cursor) : null, putAway(batch, owner)]);
    if (!next || !isKept) break;
    await tell("going");
    since = batch.cursor;
    answer = next;
  }
  const { owner } = await state();
  if (owner !== VISITOR) await followOwn(owner, hasChanged && !isTold);
  await tell("done");
}

/**
 * What is kept for members beside the documents.
 * @param {string} owner
 * @param {boolean} hasChanged
 */
async function followOwn(owner, hasChanged) {
  await followMeetings(owner);
  await followInbox(hasChanged).catch(() => undefined);
  // A service worker cannot ask for it.
  await /** @type {{ persist?: () => Promise<boolean> } | undefined} */ (navigator.storage)?.persist?.();
}

/**
 * @param {string} since
 * @returns {Promise<Answer>}
 */
async function ask(since) {
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const answer = await fetch(`${ADDRESS}?since=${encodeURIComponent(since)}`, { signal, cache: "no-store" });
  const owner = answer.headers.get(OWNER);
  if (owner && answer.status === 401) await claim(owner);
  if (!answer.ok || !owner) throw new Error(`library: ${answer.status}`);
  return { batch: /** @type {import("./store.js").Batch} */ (await answer.json()), owner };
}

/** @param {import("./store.js").Batch} batch */
function isAnything({ reset, items, gone }) {
  return reset || items.length + gone.length > 0;
}

/** @param {Standing["phase"]} phase */
async function tell(phase) {
  /** @type {Standing} */
  const detail = { phase, count: await count().catch(() => 0) };
  dispatchEvent(new CustomEvent("library", { detail }));
}

/** @param {unknown} error */
function isQuota(error) {
  return error instanceof DOMException && error.name === "QuotaExceededError";
}
