// What of an address the phone can show without a network.

import { meeting } from "./meeting_store.js";
import { has } from "./store.js";

const DOCUMENT = /^\/documents\/([^/]+)(?:\/editions\/\d+)?$/;
const ABOUT_DOCUMENT = /^\/documents\/[^/]+/;
const MEETING = /^\/meetings\/([\da-f-]{36})$/;

/**
 * @param {string} path
 * @returns {Promise<boolean>} whether a document or meeting with this address is kept
 */
export async function isKept(path) {
  const [, id] = MEETING.exec(path) ?? [];
  if (id) return (await meeting(id)) !== undefined;
  const [, slug] = DOCUMENT.exec(path) ?? [];
  return slug ? has(decodeURIComponent(slug)) : false;
}

/**
 * Where a place can be read on this phone; not `isWhole` when that is only the document that it is about.
 * @param {string} href
 * @returns {Promise<{ href: string, isWhole: boolean } | undefined>}
 */
export async function copyOf(href) {
  const { pathname } = new URL(href, location.origin);
  if (await isKept(pathname)) return { href, isWhole: true };
  const [about] = ABOUT_DOCUMENT.exec(pathname) ?? [];
  return about && (await isKept(about)) ? { href: about, isWhole: false } : undefined;
}
