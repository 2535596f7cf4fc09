// What a notification leads to: noted when it comes, so that a tap without a network opens the document.

import { OWNER, VISITOR } from "./owner.js";
import { OWN, done, given, stateIn, within } from "./store.js";

const PLACES = `${OWN}notices`;
/** So many notices are remembered; older ones are not among the phone's notifications any more. */
const MOST = 30;
const PATIENCE_MS = 20_000;
const NOTICE = /^\/notices\/([\da-f-]{36})$/;

/** @typedef {[notice: string, place: string][]} Places */

/**
 * Asks the server where a notification leads, and remembers it.
 * @param {string} navigate path of the notice
 */
export async function notePlace(navigate) {
  const id = noticeIn(navigate);
  if (!id) return;
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const answer = await fetch(navigate, { method: "HEAD", cache: "no-store", signal });
  if (!answer.ok || !answer.redirected) return;
  const { origin, pathname, search } = new URL(answer.url);
  if (origin === location.origin) await keep(id, pathname + search, answer.headers.get(OWNER) ?? "");
}

/**
 * @param {string} path of a page
 * @returns {Promise<string | undefined>} where it leads, when it is a notice that this phone was told of
 */
export async function placeOf(path) {
  const id = noticeIn(path);
  if (!id) return undefined;
  const places = await given((stores) => done(stores("facts").get(PLACES)), undefined);
  return /** @type {Places} */ (places ?? []).find(([notice]) => notice === id)?.[1];
}

/**
 * @param {string} id
 * @param {string} place
 * @param {string} owner for whom the server said so
 */
function keep(id, place, owner) {
  return within("readwrite", async (stores) => {
    if (owner === VISITOR || (await stateIn(stores)).owner !== owner) return;
    const before = /** @type {Places} */ ((await done(stores("facts").get(PLACES))) ?? []);
    const others = before.filter(([notice]) => notice !== id);
    stores("facts").put([[id, place], ...others].slice(0, MOST), PLACES);
  });
}

/** @param {string} path */
function noticeIn(path) {
  return NOTICE.exec(path)?.[1];
}
