// Comments that were written and not sent yet. They belong to whoever wrote them: kept while somebody else or nobody is
// signed in, gone when their author signs out on this phone or another member signs in.

import { UNSENT, done, given, stateIn, within } from "./store.js";

const ALL = () => IDBKeyRange.bound(UNSENT, `${UNSENT}\uffff`);

/**
 * What is put to `/api/comments/{id}`, and under which heading it is shown; `why`: the server's words, if it refused it.
 * @typedef {object} Unsent
 * @property {string} id
 * @property {{ words: string, document?: string, news?: string, part?: string, edition?: number, quote?: string, parent?: string | null, named?: boolean }} body
 * @property {string} [why]
 */

/** @typedef {Unsent & { owner: string, at: number }} Kept */

/** @param {Unsent} comment */
export function keep(comment) {
  return within("readwrite", async (stores) => {
    const { owner } = await stateIn(stores);
    stores("facts").put({ ...comment, owner, at: Date.now() }, `${UNSENT}${comment.id}`);
  });
}

/**
 * Those of whoever reads now, the oldest first.
 * @returns {Promise<Kept[]>}
 */
export function unsent() {
  return given(async (stores) => {
    const { owner } = await stateIn(stores);
    const all = /** @type {Kept[]} */ (await done(stores("facts").getAll(ALL())));
    return all.filter((each) => each.owner === owner).sort((one, other) => one.at - other.at);
  }, []);
}

/** @param {string} id */
export function drop(id) {
  return within("readwrite", (stores) => done(stores("facts").delete(`${UNSENT}${id}`)));
}

/** Somebody signs out: nothing that they wrote stays on the phone. */
export function dropAll() {
  return within("readwrite", (stores) => done(stores("facts").delete(ALL())));
}
