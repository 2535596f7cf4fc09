// What a notification leads to: known before it is tapped, so that a tap without a network opens the document at its
// place. Mostly the inbox says it, which is asked for whenever something is told; what it does not list is asked for alone.

import { askInbox, inbox } from "./inbox.js";
import { OWNER, VISITOR } from "./owner.js";
import { OWN, done, given, stateIn, within } from "./store.js";

const PLACES = `${OWN}notices`;
/** So many are remembered beside the inbox; older ones are not among the phone's notifications any more. */
const MOST = 30;
const PATIENCE_MS = 20_000;
const NOTICE = /^\/notices\/([\da-f-]{36})$/;

/** @typedef {[notice: string, place: string][]} Places */

/**
 * Something is told: what the inbox holds now is kept, and where the notice leads.
 * @param {string} navigate path of the notice
 */
export async function noteTold(navigate) {
  const told = await askInbox().catch(() => undefined);
  const id = noticeIn(navigate);
  if (id && !told?.items.some((one) => one.id === id)) await notePlace(id, navigate);
}

/**
 * @param {string} path of a page
 * @returns {Promise<string | undefined>} where it leads, when it is a notice that this phone was told of; empty when
 *   that cannot be opened any more
 */
export async function placeOf(path) {
  const id = noticeIn(path);
  if (!id) return undefined;
  const listed = (await inbox()).items.find((one) => one.id === id);
  if (listed) return listed.href;
  const places = await given((stores) => done(stores("facts").get(PLACES)), undefined);
  return /** @type {Places} */ (places ?? []).find(([notice]) => notice === id)?.[1];
}

/**
 * @param {string} path
 * @returns {string | undefined} the notice's id, where a path is that of one
 */
export function noticeIn(path) {
  return NOTICE.exec(path)?.[1];
}

/**
 * @param {string} id
 * @param {string} navigate
 */
async function notePlace(id, navigate) {
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const answer = await fetch(navigate, { method: "HEAD", cache: "no-store", signal });
  if (!answer.ok || !answer.redirected) return;
  const { origin, pathname, search } = new URL(answer.url);
  if (origin === location.origin) await keep(id, pathname + search, answer.headers.get(OWNER) ?? "");
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
