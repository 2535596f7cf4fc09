// Keeps the reader's meetings beside the library: the lists with their words, and papers as far as there is room.

import { OWNER, isSparing } from "./owner.js";
import { keepMeetings, keepPaper, meetings, papers } from "./meeting_store.js";

const ADDRESS = "/api/meetings";
const PATIENCE_MS = 60_000;
/** What is kept without being asked for: of one paper, and of all together. */
const EACH_BYTES = 5_000_000;
const ALL_BYTES = 20_000_000;

/**
 * Makes the meetings on the phone those that the server says, and fetches their papers.
 * @param {string} owner whose library it is
 */
export async function followMeetings(owner) {
  const before = await meetings();
  /** @type {HeadersInit} */
  const known = before.tag ? { "If-None-Match": before.tag } : {};
  const answer = await fetch(ADDRESS, { headers: known, cache: "no-store", signal: AbortSignal.timeout(PATIENCE_MS) });
  if (answer.headers.get(OWNER) !== owner) return; // somebody else reads by now: the next look at the library tells
  if (answer.ok) {
    const { items } = /** @type {{ items: import("./meeting_store.js").Meeting[] }} */ (await answer.json());
    await keepMeetings({ tag: answer.headers.get("etag") ?? "", items }, owner);
  } else if (answer.status !== 304) {
    throw new Error(`meetings: ${answer.status}`);
  }
  if (!isSparing()) await fetchPapers(owner);
}

/** @param {string} owner */
async function fetchPapers(owner) {
  const kept = new Set(await papers());
  let room = ALL_BYTES;
  for (const meeting of (await meetings()).items.filter(({ state }) => state === "set").reverse()) {
    for (const paper of meeting.papers.filter(({ size }) => size <= Math.min(EACH_BYTES, room))) {
      room -= paper.size;
      if (!kept.has(paper.id)) await fetchPaper(meeting.id, paper, owner);
    }
  }
}

/**
 * Puts a paper on the phone, also a large one that the reader asked for.
 * @param {string} meeting
 * @param {{ id: string, name: string }} paper
 * @param {string} owner
 */
export async function fetchPaper(meeting, { id, name }, owner) {
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const answer = await fetch(`/meetings/${meeting}/papers/${id}`, { cache: "no-store", signal });
  if (answer.status === 404 || answer.status === 410) return; // taken away meanwhile
  if (!answer.ok || answer.headers.get(OWNER) !== owner) throw new Error(`paper: ${answer.status}`);
  await keepPaper(id, { name, bytes: await answer.blob() }, owner);
}
