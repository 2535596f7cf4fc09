// The part of the service worker that puts what was saved on a page: a frame that is kept with the application's files,
// filled with what lies in the library. `shelf` names the cache in which the frames are.

import { follow, isCitation } from "./library/citations.js";
import { copyOf, isKept } from "./library/copies.js";
import { moment } from "./library/days.js";
import { inbox } from "./library/inbox.js";
import { joinInbox } from "./library/inbox_join.js";
import { dressed, join } from "./library/join.js";
import { joinMeeting } from "./library/meeting_join.js";
import { meeting, paper, papers } from "./library/meeting_store.js";
import { find, looks, state } from "./library/store.js";
import { noticeIn, placeOf } from "./library/told.js";

export const LISTS = ["/", "/documents", "/meetings", "/offline"];

const DOCUMENT = /^\/documents\/([^/]+)(?:\/editions\/(\d+))?$/;
const MEETING = /^\/meetings\/([\da-f-]{36})$/;
const PAPER = /^\/meetings\/[\da-f-]{36}\/papers\/([\da-f-]{36})$/;
const INBOX = "/notices";
const DIGEST = "/notices/digest";
/** Headers of a kept frame that a page made from it carries too. */
const CARRIED = /^(content-type|content-security-policy|x-content-type-options|referrer-policy|cross-origin|permissions)/;

/**
 * @param {URL} url
 * @returns {Promise<boolean>} whether it can be shown without a network
 */
export async function isSaved(url) {
  try {
    if (isInbox(url)) return (await inbox()).at > 0;
    const place = await placeOf(url.pathname);
    if (place) return (await copyOf(place))?.isWhole ?? false;
    return url.pathname === "/offline" || (await isKept(url.pathname));
  } catch {
    return false;
  }
}

/** Its first page; older ones take a network. @param {URL} url */
function isInbox({ pathname, search }) {
  return pathname === INBOX && !search;
}

/**
 * @param {URL} url
 * @param {string} shelf
 * @returns {Promise<Response | undefined>}
 */
export async function savedPage(url, shelf) {
  if (LISTS.includes(url.pathname)) return list(url, shelf);
  if (isCitation(url)) return cited(url);
  try {
    const told = (await savedNotice(url)) ?? (await savedInbox(url, shelf));
    return told ?? (await savedDocument(url, shelf)) ?? (await savedMeeting(url, shelf)) ?? (await savedPaper(url));
  } catch {
    return undefined;
  }
}

/**
 * Leads to what a notice told of where that is on the phone, else to the notice among the others.
 * @param {URL} url
 */
async function savedNotice(url) {
  const place = url.pathname === DIGEST ? "" : await placeOf(url.pathname);
  if (place === undefined) return undefined;
  const isHere = place && ((await copyOf(place))?.isWhole || !(await inbox()).at);
  const to = isHere ? place : `${INBOX}#notice-${noticeIn(url.pathname) ?? ""}`;
  return Response.redirect(new URL(to, url.origin).href, 303);
}

/**
 * @param {URL} url
 * @param {string} shelf
 */
async function savedInbox(url, shelf) {
  const kept = await inbox();
  if (!kept.at || !isInbox(url)) return undefined;
  /** @type {import("./library/inbox_join.js").Copies} */
  const copies = new Map();
  for (const { id, href } of kept.items) copies.set(id, href ? await copyOf(href) : undefined);
  return framed(shelf, "notices", 200, (frame) => joinInbox(frame, kept, copies));
}

/**
 * @param {URL} url
 * @param {string} shelf
 */
async function savedDocument(url, shelf) {
  const [, part, ordinal] = DOCUMENT.exec(url.pathname) ?? [];
  const slug = decodeURIComponent(part ?? "");
  const saved = slug ? await find(slug) : undefined;
  if (!saved || (ordinal && Number(ordinal) !== saved.edition)) return undefined;
  if (saved.slug !== slug) return moved(url, `/documents/${part}`, `/documents/${saved.slug}`);
  const at = { origin: url.origin, path: url.pathname };
  return framed(shelf, "document", 200, (frame) => join(frame, saved, at));
}

/**
 * Leads on, as the server does, from an address that a document had before.
 * @param {URL} url
 * @param {string} was
 * @param {string} now
 */
function moved(url, was, now) {
  return Response.redirect(new URL(url.pathname.replace(was, now) + url.search, url.origin).href, 303);
}

/**
 * @param {URL} url
 * @param {string} shelf
 */
async function savedMeeting(url, shelf) {
  const [, id] = MEETING.exec(url.pathname) ?? [];
  const saved = id ? await meeting(id) : undefined;
  if (!saved) return undefined;
  const savedAt = moment((await state()).syncedAt);
  const at = { origin: url.origin, path: url.pathname, savedAt, papers: await papers() };
  return framed(shelf, "meeting", 200, (frame) => joinMeeting(frame, saved, at));
}

/** @param {URL} url */
async function savedPaper(url) {
  const [, id] = PAPER.exec(url.pathname) ?? [];
  const kept = id ? await paper(id) : undefined;
  if (!kept) return undefined;
  const headers = {
    "Content-Type": "application/octet-stream",
    "Content-Disposition": `attachment; filename*=UTF-8''${encodeURIComponent(kept.name)}`,
    "X-Content-Type-Options": "nosniff",
  };
  return new Response(kept.bytes, { headers });
}

/** @param {URL} url */
async function cited(url) {
  try {
    const place = await follow(url);
    return place ? Response.redirect(new URL(place, url.origin).href, 303) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The list of what is saved, also in place of a page that is not.
 * @param {URL} url
 * @param {string} shelf
 */
export function list(url, shelf) {
  return framed(shelf, "saved", LISTS.includes(url.pathname) ? 200 : 503, (frame) => frame);
}

/**
 * @param {string} shelf
 * @param {string} name
 * @param {number} status
 * @param {(frame: string) => string} change
 */
async function framed(shelf, name, status, change) {
  const wanted = await looks().catch(() => undefined);
  const frames = await caches.open(shelf);
  const kept = await frames.match(`/offline/${wanted?.language === "en" ? "en" : "vi"}/${name}`, { ignoreVary: true });
  if (!kept) return Response.error();
  const headers = [...kept.headers].filter(([header]) => CARRIED.test(header));
  return new Response(change(dressed(await kept.text(), wanted)), { status, headers });
}
