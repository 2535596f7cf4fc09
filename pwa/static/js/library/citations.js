// Follows a citation without a network: only what names a kept document by its whole number. The server knows all other
// spellings (content/citations.py).

import { find, rows } from "./store.js";

/** @typedef {import("./store.js").Row} Row */

const PLACE = "/cite/";
const NUMBER = /\d{1,5}(?:\.\d{1,3})?[a-z]?(?:\/\d{4})?(?:[-/][\p{L}\d]+)+/u;
const DAY = /ngày\s+(\d{1,2})\s*(?:[/.-]|\s+tháng)\s*(\d{1,2})\s*(?:[/.-]|\s+năm)\s*(\d{4})/u;
const ARTICLE = /(?:điểm\s+(\p{L}\d?)[\s,]+)?(?:khoản\s+(\d+\p{L}?)[\s,]+)?điều\s+(\d+\p{L}?)(?![\p{L}\d])/u;
const SECTION = /mục\s+([ivxlc]+(?:\.\d+)*|\d+(?:\.\d+)*)(?![\p{L}\d.])/u;

/**
 * @param {URL} url
 * @returns {boolean}
 */
export function isCitation(url) {
  return url.pathname.startsWith(PLACE);
}

/**
 * Where a citation leads on this phone.
 * @param {URL} url
 * @returns {Promise<string | undefined>} an address, or nothing when no kept document, or more than one, may be meant
 */
export async function follow(url) {
  const words = plain(decodeURIComponent(url.pathname.slice(PLACE.length)));
  const row = meant(words, await rows(), (url.searchParams.get("from") ?? "").split("@")[0] ?? "");
  if (!row) return undefined;
  const path = pathOf(words);
  const kept = path ? await find(row.slug) : undefined;
  const anchor = kept?.html.includes(` id="${path}"`) ? `#${path}` : "";
  return `/documents/${encodeURIComponent(row.slug)}${anchor}`;
}

/**
 * Of several documents with one number, the newest by the issuer of the document in which it is cited.
 * @param {string} words
 * @param {Row[]} kept
 * @param {string} from slug of that document
 */
function meant(words, kept, from) {
  const number = NUMBER.exec(words)?.[0];
  if (!number) return undefined;
  const day = dayOf(words);
  const same = kept.filter((row) => bare(plain(row.number)) === bare(number) && (!day || row.issued === day));
  if (same.length < 2) return same[0];
  const here = kept.find((row) => row.slug === from);
  const own = same.filter((row) => here && row.issuer === here.issuer && (row.issued ?? "") <= (here.issued ?? ""));
  return own.sort((one, other) => (other.issued ?? "").localeCompare(one.issued ?? ""))[0];
}

/** @param {string} text */
function plain(text) {
  return text.normalize("NFC").toLowerCase().replace(/[‐-―−]/g, "-");
}

/** @param {string} number */
function bare(number) {
  return number.replace(/^0+/, "").replace(/\//g, "-");
}

/** @param {string} words */
function dayOf(words) {
  const [, day = "", month = "", year = ""] = DAY.exec(words) ?? [];
  return year && `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
}

/** @param {string} words */
function pathOf(words) {
  const [, point, clause, article] = ARTICLE.exec(words) ?? [];
  if (!article) return SECTION.exec(words)?.[1] ?? "";
  const steps = [`dieu-${article}`, clause && `khoan-${clause}`, point && `diem-${point}`];
  return steps.filter(Boolean).join(".").replace(/đ/g, "dd");
}
