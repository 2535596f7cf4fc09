// What the reader was told of, as it was last seen: it lies beside the library, belongs to its owner and goes with it.

import { OWNER, VISITOR } from "./owner.js";
import { isSeen, marks } from "./seen.js";
import { OWN, claim, done, given, stateIn, within } from "./store.js";

const ADDRESS = "/api/notices?limit=50";
const INBOX = `${OWN}inbox`;
const PATIENCE_MS = 20_000;
/** So old may become what is kept while nothing is known to have changed. */
const FRESH_MS = 300_000;

/**
 * A notice as `/api/notices` sends it; `href` is empty for what cannot be opened any more.
 * @typedef {object} Notice
 * @property {string} id
 * @property {string} kind
 * @property {"normal" | "high" | "express"} urgency
 * @property {boolean} followed
 * @property {string} at
 * @property {string} words
 * @property {string} title
 * @property {string} more
 * @property {string} href
 */

/**
 * `at`: when the server said so, in milliseconds; 0 for nothing kept. `since`: moment of the newest notice that was
 * there when the list was last looked at (as the server writes it: phones have clocks of their own).
 * @typedef {{ items: Notice[], hasMore: boolean, tag: string, at: number, since: string }} Inbox
 */

/** @type {Inbox} */
const NONE = { items: [], hasMore: false, tag: "", at: 0, since: "" };

/** @returns {Promise<Inbox>} as it was last seen */
export function inbox() {
  return given(inboxIn, NONE);
}

/**
 * Asks the server, and keeps what it says.
 * @returns {Promise<Inbox | undefined>} nothing when nobody is signed in, or the server does not say
 */
export async function askInbox() {
  const before = await inbox();
  /** @type {HeadersInit} */
  const known = before.tag ? { "If-None-Match": before.tag } : {};
  const answer = await fetch(ADDRESS, { headers: known, cache: "no-store", signal: AbortSignal.timeout(PATIENCE_MS) });
  const owner = answer.headers.get(OWNER) ?? VISITOR;
  const isSame = answer.status === 304;
  if (owner === VISITOR || !(answer.ok || isSame)) return undefined;
  if (await claim(owner)) return askInbox(); // it was another's
  if (isSame) return keep(before, owner);
  const { items, next } = /** @type {{ items: Notice[], next: string | null }} */ (await answer.json());
  return keep({ ...before, items, hasMore: next !== null, tag: answer.headers.get("etag") ?? "" }, owner);
}

/**
 * Makes what is kept true again when it may not be.
 * @param {boolean} hasChanged whether something of the library has
 */
export async function followInbox(hasChanged) {
  const { at } = await inbox();
  if (hasChanged || Date.now() - at > FRESH_MS) await askInbox();
}

/** The reader has the list before their eyes. */
export function look() {
  return within("readwrite", async (stores) => {
    const kept = await inboxIn(stores);
    if (kept.at) stores("facts").put({ ...kept, since: newest(kept) }, INBOX);
  });
}

/**
 * Which notices came since the list was last looked at and were not opened either.
 * @param {string[]} shown ids of those that the phone shows, which the list may not hold yet
 * @returns {Promise<string[]>}
 */
export async function fresh(shown) {
  const [{ items, since }, seen] = [await inbox(), await marks()];
  const came = items.filter((one) => one.href && Date.parse(one.at) > (Date.parse(since) || 0) && !isSeen(one, seen));
  const known = new Set([...items.map(({ id }) => id), ...seen.ids]);
  return [...came.map(({ id }) => id), ...new Set(shown.filter((id) => !known.has(id)))];
}

/** @param {Inbox} of */
export function newest({ items }) {
  return items[0]?.at ?? "";
}

/**
 * @param {Inbox} told
 * @param {string} owner for whom the server said so
 * @returns {Promise<Inbox>}
 */
function keep(told, owner) {
  return within("readwrite", async (stores) => {
    const { owner: now, isPaused } = await stateIn(stores);
    const { at, since } = await inboxIn(stores);
    // What was there before the phone kept a list is no news to it.
    const made = { ...told, at: Date.now(), since: at ? since : newest(told) };
    if (now === owner && !isPaused) stores("facts").put(made, INBOX);
    return made;
  });
}

/**
 * @param {import("./store.js").Stores} stores
 * @returns {Promise<Inbox>}
 */
async function inboxIn(stores) {
  return /** @type {Inbox | undefined} */ (await done(stores("facts").get(INBOX))) ?? NONE;
}
