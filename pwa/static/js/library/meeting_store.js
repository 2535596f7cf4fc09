// How the reader's meetings lie on the phone, beside the library: they belong to its owner and go with it.

import { OWN, done, given, stateIn, within } from "./store.js";

const MEETINGS = `${OWN}meetings`;
const TICKS = `${OWN}ticks`;
const PAPER = `${OWN}paper:`;

/**
 * A part of a document on the list of a meeting; `html` is empty where it may not be kept or there is none.
 * @typedef {object} ListedPart
 * @property {string} id
 * @property {string} item
 * @property {string} note
 * @property {string} label
 * @property {string} title
 * @property {"in-force" | "not-yet" | "ended"} state
 * @property {string} href
 * @property {string} html
 * @property {boolean} offline
 * @property {boolean} amended
 * @property {boolean} lost
 */

/** @typedef {{ id: string, item: string, name: string, size: number }} Paper */

/**
 * A meeting as `/api/meetings` sends it.
 * @typedef {object} Meeting
 * @property {string} id
 * @property {{ name: string, name_en: string } | null} unit
 * @property {string} title
 * @property {string} at
 * @property {string} place
 * @property {"set" | "cancelled"} state
 * @property {string} reason
 * @property {string | null} moved_at
 * @property {{ id: string, words: string }[]} agenda
 * @property {ListedPart[]} parts
 * @property {Paper[]} papers
 */

/**
 * The meetings that the phone keeps, all of them, and by which tag the server knows that nothing changed.
 * @typedef {{ tag: string, items: Meeting[] }} Meetings
 */

/** @typedef {{ name: string, bytes: Blob }} KeptPaper */

/** @type {Meetings} */
const NO_MEETINGS = { tag: "", items: [] };

/** @returns {Promise<Meetings>} */
export function meetings() {
  return given(meetingsIn, NO_MEETINGS);
}

/**
 * @param {string} id
 * @returns {Promise<Meeting | undefined>}
 */
export async function meeting(id) {
  return (await meetings()).items.find((one) => one.id === id);
}

/**
 * Keeps these meetings and no others; papers and ticks of others go.
 * @param {Meetings} kept
 * @param {string} owner for whom the list was made
 */
export function keepMeetings(kept, owner) {
  return within("readwrite", async (stores) => {
    if ((await stateIn(stores)).owner !== owner) return;
    const facts = stores("facts");
    const named = new Set(kept.items.flatMap((one) => one.papers.map(({ id }) => PAPER + id)));
    const parts = new Set(kept.items.flatMap((one) => one.parts.map(({ id }) => id)));
    const ticked = await ticksIn(stores);
    facts.put(kept, MEETINGS);
    facts.put(
      ticked.filter((id) => parts.has(id)),
      TICKS,
    );
    for (const key of await done(facts.getAllKeys(everyPaper()))) if (!named.has(String(key))) facts.delete(key);
  });
}

/** @returns {Promise<string[]>} parts of lists that the reader ticked as read; nobody but this phone knows */
export function ticks() {
  return given(ticksIn, []);
}

/**
 * @param {string} part
 * @param {boolean} isRead
 */
export function tick(part, isRead) {
  return within("readwrite", async (stores) => {
    const others = (await ticksIn(stores)).filter((id) => id !== part);
    stores("facts").put(isRead ? [...others, part] : others, TICKS);
  });
}

/** @returns {Promise<string[]>} ids of the papers that are kept */
export function papers() {
  return given(async (stores) => (await done(stores("facts").getAllKeys(everyPaper()))).map((key) => String(key).slice(PAPER.length)), []);
}

/**
 * @param {string} id
 * @returns {Promise<KeptPaper | undefined>}
 */
export function paper(id) {
  return given((stores) => done(stores("facts").get(PAPER + id)), undefined);
}

/**
 * @param {string} id
 * @param {KeptPaper} kept
 * @param {string} owner
 */
export function keepPaper(id, kept, owner) {
  return within("readwrite", async (stores) => {
    if ((await stateIn(stores)).owner === owner) stores("facts").put(kept, PAPER + id);
  });
}

// Inside

/** @typedef {import("./store.js").Stores} Stores */

/**
 * @param {Stores} stores
 * @returns {Promise<Meetings>}
 */
async function meetingsIn(stores) {
  return /** @type {Meetings | undefined} */ (await done(stores("facts").get(MEETINGS))) ?? NO_MEETINGS;
}

/**
 * @param {Stores} stores
 * @returns {Promise<string[]>}
 */
async function ticksIn(stores) {
  return /** @type {string[] | undefined} */ (await done(stores("facts").get(TICKS))) ?? [];
}

function everyPaper() {
  return IDBKeyRange.bound(PAPER, `${PAPER}\uffff`);
}
