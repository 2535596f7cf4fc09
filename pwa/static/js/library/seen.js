// Which notices were seen on this phone: marks that are kept here alone and that the server never hears of.
//
// They belong to one member. They outlive a session that ended by itself, so that whoever comes back finds the same
// notices new as before; signing out takes them away, and so does the next member who signs in on the phone.

import { SEEN, done, stateIn, within } from "./store.js";
import { VISITOR } from "./owner.js";

const MOST = 1_000;

/** What was marked: ids, and that all up to a moment were. @typedef {{ until: string, ids: string[] }} Marks */

/** @type {Marks} */
const NONE = { until: "1970-01-01T00:00:00Z", ids: [] };

/** @returns {Promise<Marks>} those of whoever reads now */
export function marks() {
  return within("readonly", async (stores) => {
    const owner = await memberIn(stores);
    return owner ? await marksIn(stores, owner) : NONE;
  });
}

/** @param {string} id of a notice that was opened */
export function see(id) {
  return change(({ until, ids }) => ({ until, ids: [...ids.filter((each) => each !== id), id].slice(-MOST) }));
}

/** @param {string} until when the newest came, as the server writes it: all up to that is seen */
export function seeAll(until) {
  return change((before) => ({ until: until || before.until, ids: [] }));
}

/** Somebody signs out. */
export function dropMarks() {
  return within("readwrite", (stores) => done(stores("facts").delete(SEEN)));
}

/**
 * @param {{ id: string, at: string }} notice
 * @param {Marks} of
 */
export function isSeen({ id, at }, { until, ids }) {
  return ids.includes(id) || Date.parse(at) <= Date.parse(until);
}

/** @param {(before: Marks) => Marks} to */
function change(to) {
  return within("readwrite", async (stores) => {
    const owner = await memberIn(stores);
    if (owner) stores("facts").put({ owner, ...to(await marksIn(stores, owner)) }, SEEN);
  });
}

/**
 * @param {import("./store.js").Stores} stores
 * @returns {Promise<string>} whose library it is; empty for a visitor, and while that is in doubt
 */
async function memberIn(stores) {
  const { owner, isInDoubt } = await stateIn(stores);
  return isInDoubt || owner === VISITOR ? "" : owner;
}

/**
 * @param {import("./store.js").Stores} stores
 * @param {string} owner
 * @returns {Promise<Marks>}
 */
async function marksIn(stores, owner) {
  const kept = /** @type {(Marks & { owner: string }) | undefined} */ (await done(stores("facts").get(SEEN)));
  return kept?.owner === owner ? { until: kept.until, ids: kept.ids } : NONE;
}
