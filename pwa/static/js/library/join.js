// Puts a saved document into a saved frame. The frame holds {names} to fill in, and pieces between comments:
// <!--if name-->…<!--end name--> stays when there is something, <!--each name-->…<!--end name--> is repeated.

import { standingOn, dayAfter, shown, today } from "./days.js";

const PIECE = /<!--(if|each) ([\w-]+)-->([\s\S]*?)<!--end \2-->|\{([\w-]+)\}/g;
const SIGNS = /** @type {Record<string, string>} */ ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" });
const LONG_TITLE = 180;

/** @typedef {Record<string, string | boolean | Record<string, string | boolean>[]>} Values */

/**
 * @param {string} frame
 * @param {import("./store.js").Saved} saved
 * @param {{ origin: string, path: string }} at
 */
export function join(frame, saved, at) {
  const values = valuesOf(saved, at);
  // The text was cleaned by the server and is HTML already; what was typed by somebody is not.
  return fill(frame, values, (name) => (name === "html" ? saved.html : undefined));
}

/**
 * Gives a frame the language's own look from its first moment.
 * @param {string} frame
 * @param {import("./store.js").Looks | undefined} looks
 */
export function dressed(frame, looks) {
  if (!looks) return frame;
  return frame
    .replace(/data-theme="\w*"/, () => `data-theme="${escaped(looks.theme)}"`)
    .replace(/data-text="\w*"/, () => `data-text="${escaped(looks.text)}"`);
}

/**
 * @param {string} frame
 * @param {Values} values
 * @param {(name: string) => string | undefined} markup
 * @returns {string}
 */
export function fill(frame, values, markup = () => undefined) {
  return frame.replace(PIECE, (whole, kind, block, inner, name) => {
    if (name) return markup(name) ?? (name in values ? escaped(String(values[name])) : whole);
    const value = values[block];
    if (kind === "if") return value ? fill(inner, values, markup) : "";
    return Array.isArray(value) ? value.map((line) => fill(inner, { ...values, ...line }, markup)).join("") : "";
  });
}

/** @param {string} text */
function escaped(text) {
  return text.replace(/[&<>"']/g, (sign) => SIGNS[sign] ?? sign);
}

/**
 * @param {import("./store.js").Saved} saved
 * @param {{ origin: string, path: string }} at
 * @returns {Values}
 */
function valuesOf(saved, { origin, path }) {
  const { number, type, title, issuer, issued, head, effective_from: from, effective_until: until } = saved;
  const standing = standingOn(today(), from, until);
  return {
    number, type, title, issuer, path,
    slug: saved.slug,
    long: title.length > LONG_TITLE ? " long" : "",
    place: head.place,
    issued: shown(issued),
    "has-place": Boolean(head.place && issued),
    "has-day": Boolean(!head.place && issued),
    urgency: head.urgency,
    from: shown(from),
    until: shown(until),
    end: until ? shown(dayAfter(until)) : "",
    [standing + (standing === "in-force" ? (until ? "-until" : from ? "-since" : "") : "")]: true,
    saved: shown(today(saved.savedAt)),
    link: `${origin}/documents/${saved.slug}/editions/${saved.edition}`,
    address: `${origin}/documents/${saved.slug}`,
    "has-contents": saved.contents.length > 0,
    contents: saved.contents.map((line) => ({ ...line, level: String(line.level) })),
  };
}
