// How the library lies on the phone. Nobody else knows it, so that a denser store can take its place.
//
// Texts and list rows lie apart: a list of thousands is drawn without reading a text. What is kept belongs to one owner,
// named by the server; each transaction looks whether it is still theirs.

const NAME = "sotay";
const VERSION = 1;
const STORES = ["documents", "rows", "facts"];
/** Facts whose names begin so belong to the library's owner and go with it. */
export const OWN = "own:";
/** Facts that lead from a slug that a document had before to its id. */
const FORMER = `${OWN}former:`;
/** Facts whose names begin so are words that somebody has not sent yet (`unsent.js`); they wait for their owner. */
export const UNSENT = "unsent:";
/** Which notices a member saw on this phone (`seen.js`); they wait for their owner, too. */
export const SEEN = "seen";
const VISITOR = "visitor";

/**
 * Something to know before reading, as of the day it was sent; `slug` is empty when it is about the document itself.
 * @typedef {object} Banner
 * @property {string} kind
 * @property {string | null} on
 * @property {number | null} ordinal
 * @property {string} slug
 * @property {string} number
 * @property {string} type
 */

/**
 * The text in a few points, each with the path and the name of the part that says so.
 * @typedef {object} Digest
 * @property {{ words: string, path: string, label: string }[]} points
 * @property {{ name: string, name_en: string } | null} unit
 * @property {string} approved_on
 */

/**
 * A document as `/api/library` sends it; those put away by an earlier version of the handbook have no banners yet.
 * @typedef {object} Item
 * @property {string} id
 * @property {string} slug
 * @property {string} number
 * @property {string} type
 * @property {string} issuer
 * @property {string | null} issued
 * @property {string} title
 * @property {string | null} effective_from
 * @property {string | null} effective_until
 * @property {number} edition
 * @property {{ place: string, urgency: string }} head
 * @property {{ path: string, label: string, heading: string, level: number }[]} contents
 * @property {string} html
 * @property {Banner[]} [banners]
 * @property {Digest | null} [digest]
 * @property {string[]} [former] slugs that it had before
 */

/**
 * A line of the list of what is saved; `generation` grows each time everything is fetched anew.
 * @typedef {Pick<Item, "id" | "slug" | "number" | "type" | "issuer" | "issued" | "title" | "edition" | "effective_from" | "effective_until"> & { bytes: number, generation: number }} Row
 */

/** @typedef {Item & { savedAt: number }} Saved */

/**
 * @typedef {object} Batch
 * @property {Item[]} items
 * @property {string[]} gone
 * @property {string} cursor
 * @property {boolean} reset
 * @property {boolean} more
 */

/**
 * `owner`: whose it is, empty before anybody's. `isSweeping`: rows of earlier generations go when all has come.
 * `isPaused`: the member took it all off the phone and does not want it back by itself. `isInDoubt`: somebody is signing
 * in, and until the server says who that is, nothing is given out.
 * @typedef {object} State
 * @property {string} owner
 * @property {string} cursor
 * @property {boolean} isWhole
 * @property {number} generation
 * @property {boolean} isSweeping
 * @property {number} syncedAt
 * @property {boolean} isPaused
 * @property {boolean} isInDoubt
 * @property {boolean} isFull
 */

/** @typedef {{ language: string, theme: string, text: string }} Looks */

/** @type {State} */
const EMPTY = {
  owner: "",
  cursor: "",
  isWhole: false,
  generation: 0,
  isSweeping: false,
  syncedAt: 0,
  isPaused: false,
  isInDoubt: false,
  isFull: false,
};

/** @type {Promise<IDBDatabase> | null} */
let opening = null;

/** @returns {Promise<State>} */
export function state() {
  return within("readonly", stateIn);
}

/**
 * Makes the library `owner`'s. What was another's is gone when this resolves.
 * @param {string} owner
 * @returns {Promise<boolean>} whether there was another owner
 */
export async function claim(owner) {
  const now = await state();
  if (now.owner === owner && !now.isInDoubt) return false;
  return within("readwrite", async (stores) => {
    const before = await stateIn(stores);
    if (before.owner === owner) {
      stores("facts").put({ ...before, isInDoubt: false }, "state");
      return false;
    }
    empty(stores);
    if (owner !== VISITOR) await dropOfOthers(stores, owner);
    stores("facts").put({ ...EMPTY, owner }, "state");
    return before.owner !== "";
  });
}

/**
 * Puts one batch away, together with the place to go on from: killed in between, nothing is lost or done twice.
 * @param {Batch} batch
 * @param {string} owner for whom the batch was made
 * @returns {Promise<boolean>} false when the library has another owner by now
 */
export function putAway(batch, owner) {
  return within("readwrite", async (stores) => {
    const before = await stateIn(stores);
    if (before.owner !== owner) return false;
    const generation = before.generation + (batch.reset ? 1 : 0);
    const isSweeping = before.isSweeping || batch.reset;
    for (const item of batch.items) {
      stores("documents").put({ ...item, savedAt: Date.now() });
      stores("rows").put(rowOf(item, generation));
      for (const slug of item.former ?? []) stores("facts").put(item.id, `${FORMER}${slug}`);
    }
    for (const id of batch.gone) remove(stores, id);
    if (isSweeping && !batch.more) await sweep(stores, generation);
    stores("facts").put(
      {
        ...before,
        cursor: batch.cursor,
        isWhole: !batch.more,
        generation,
        isSweeping: isSweeping && batch.more,
        syncedAt: batch.more ? before.syncedAt : Date.now(),
        isFull: false,
      },
      "state",
    );
    return true;
  });
}

/** Everything is fetched anew from now on; what is there stays readable until all has come. */
export function renew() {
  return amend((before) => ({
    ...before,
    cursor: "",
    isWhole: false,
    generation: before.generation + 1,
    isSweeping: true,
    isPaused: false,
  }));
}

/** Takes everything off the phone, and keeps it off until asked for. */
export function forget() {
  return within("readwrite", async (stores) => {
    const { owner } = await stateIn(stores);
    empty(stores);
    stores("facts").put({ ...EMPTY, owner, isPaused: true }, "state");
  });
}

/** @param {boolean} isInDoubt whether it is open who reads */
export function doubt(isInDoubt) {
  return amend((before) => ({ ...before, isInDoubt }));
}

/** There was no room for more. */
export function noteFull() {
  return amend((before) => ({ ...before, isFull: true }));
}

/**
 * @param {string} slug that a document has or had before
 * @returns {Promise<boolean>}
 */
export function has(slug) {
  return given(async (stores) => {
    if ((await done(stores("rows").index("slug").getKey(slug))) !== undefined) return true;
    const id = await formerly(stores, slug);
    return id !== undefined && (await done(stores("rows").getKey(id))) !== undefined;
  }, false);
}

/**
 * @param {string} slug that a document has or had before
 * @returns {Promise<Saved | undefined>}
 */
export function find(slug) {
  return given(async (stores) => {
    const found = await done(stores("documents").index("slug").get(slug));
    if (found) return found;
    const id = await formerly(stores, slug);
    return id === undefined ? undefined : done(stores("documents").get(id));
  }, undefined);
}

/** @returns {Promise<Row[]>} */
export function rows() {
  return given((stores) => done(stores("rows").getAll()), []);
}

/** @returns {Promise<number>} */
export function count() {
  return given((stores) => done(stores("rows").count()), 0);
}

/**
 * How the member wants pages to look; frames are drawn so from the first moment.
 * @returns {Promise<Looks | undefined>}
 */
export function looks() {
  return within("readonly", (stores) => done(stores("facts").get("looks")));
}

/** @param {Looks} wanted */
export function keepLooks(wanted) {
  return within("readwrite", (stores) => done(stores("facts").put(wanted, "looks")));
}

// Inside; of use to what else is kept beside the library

/** @typedef {(name: string) => IDBObjectStore} Stores */

/**
 * @template T
 * @param {IDBTransactionMode} mode
 * @param {(stores: Stores) => Promise<T>} work must wait for nothing but the database
 * @returns {Promise<T>}
 */
export async function within(mode, work) {
  const transaction = (await open()).transaction(STORES, mode);
  const end = new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = () => reject(transaction.error);
  });
  try {
    const result = await work((name) => transaction.objectStore(name));
    await end;
    return result;
  } catch (error) {
    end.catch(() => undefined);
    throw transaction.error ?? error;
  }
}

/**
 * @template T
 * @param {(stores: Stores) => Promise<T>} read
 * @param {T} nothing what is answered while it is in doubt who reads
 * @returns {Promise<T>}
 */
export function given(read, nothing) {
  return within("readonly", async (stores) => ((await stateIn(stores)).isInDoubt ? nothing : read(stores)));
}

/** @returns {Promise<IDBDatabase>} */
function open() {
  opening ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, VERSION);
    request.onupgradeneeded = () => build(request.result);
    request.onsuccess = () => {
      const letGo = () => {
        request.result.close();
        opening = null;
      };
      request.result.onversionchange = letGo;
      request.result.onclose = letGo;
      resolve(request.result);
    };
    request.onerror = () => {
      opening = null;
      reject(request.error);
    };
  });
  return opening;
}

/** @param {IDBDatabase} database */
function build(database) {
  database.createObjectStore("documents", { keyPath: "id" }).createIndex("slug", "slug");
  const lines = database.createObjectStore("rows", { keyPath: "id" });
  lines.createIndex("slug", "slug");
  lines.createIndex("generation", "generation");
  database.createObjectStore("facts");
}

/**
 * @template T
 * @param {IDBRequest<T>} request
 * @returns {Promise<T>}
 */
export function done(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/**
 * @param {Stores} stores
 * @returns {Promise<State>}
 */
export async function stateIn(stores) {
  return { ...EMPTY, .../** @type {State | undefined} */ (await done(stores("facts").get("state"))) };
}

/**
 * @param {Stores} stores
 * @param {string} slug
 * @returns {Promise<string | undefined>} id of the document whose slug this was before
 */
function formerly(stores, slug) {
  return done(stores("facts").get(`${FORMER}${slug}`));
}

/** @param {(before: State) => State} change */
function amend(change) {
  return within("readwrite", async (stores) => {
    stores("facts").put(change(await stateIn(stores)), "state");
  });
}

/** @param {Stores} stores */
function empty(stores) {
  stores("documents").clear();
  stores("rows").clear();
  stores("facts").delete(IDBKeyRange.bound(OWN, `${OWN}\uffff`));
}

/**
 * @param {Stores} stores
 * @param {string} owner
 */
async function dropOfOthers(stores, owner) {
  const all = /** @type {{ id: string, owner: string }[]} */ (
    await done(stores("facts").getAll(IDBKeyRange.bound(UNSENT, `${UNSENT}\uffff`)))
  );
  for (const each of all) if (each.owner !== owner) stores("facts").delete(`${UNSENT}${each.id}`);
  if ((await done(stores("facts").get(SEEN)))?.owner !== owner) stores("facts").delete(SEEN);
}

/**
 * @param {Stores} stores
 * @param {IDBValidKey} id
 */
function remove(stores, id) {
  stores("documents").delete(id);
  stores("rows").delete(id);
}

/**
 * @param {Stores} stores
 * @param {number} generation
 */
async function sweep(stores, generation) {
  const older = await done(stores("rows").index("generation").getAllKeys(IDBKeyRange.upperBound(generation, true)));
  for (const id of older) remove(stores, id);
}

/**
 * @param {Item} item
 * @param {number} generation
 * @returns {Row}
 */
function rowOf(item, generation) {
  const { id, slug, number, type, issuer, issued, title, edition, effective_from, effective_until } = item;
  const bytes = new TextEncoder().encode(item.html).length;
  return { id, slug, number, type, issuer, issued, title, edition, effective_from, effective_until, bytes, generation };
}
