// The list of what is saved on the phone, drawn from the library alone: also in place of a page that is not there.

import { announce } from "./announce.js";
import { moment, shown, standingOn, today } from "./library/days.js";
import { askWhoReads } from "./library/keeping.js";
import { pieces } from "./library/numbers.js";
import { forget, renew, rows, state } from "./library/store.js";
import { VISITOR, sync } from "./library/sync.js";
import { offerToTell } from "./offering.js";
import { showMeetings } from "./saved_meetings.js";

/** @typedef {import("./library/store.js").Row} Row */

const AT_ONCE = 100;
/** Rows drawn first, and with each further press: thousands would make an old phone stop for breath. */

const LISTS = ["/", "/documents", "/meetings", "/offline"];
const MARKS = /[\u0300-\u036f]/g;

/** @type {Row[]} */
let held = [];
let drawn = AT_ONCE;

/**
 * @param {string} name
 * @returns {HTMLElement | null}
 */
function place(name) {
  return document.querySelector(`[data-saved-${name}]`);
}

/**
 * @param {string} name
 * @param {boolean} isShown
 */
function show(name, isShown) {
  place(name)?.toggleAttribute("hidden", !isShown);
}

async function open() {
  const isCited = location.pathname.startsWith("/cite/");
  show("uncited", isCited);
  show("missed", !isCited && !LISTS.includes(location.pathname));
  await askWhoReads();
  await refresh();
  if (!held.length) void sync();
  addEventListener("library", (event) => {
    follow(/** @type {CustomEvent<import("./library/sync.js").Standing>} */ (event).detail);
  });
  document.querySelector("#saved-filter")?.addEventListener("input", () => {
    drawn = AT_ONCE;
    draw();
  });
  press("more", () => {
    drawn += AT_ONCE;
    draw();
  });
  press("renew", async () => {
    await renew();
    await sync({ isAsked: true });
    if ((await state()).owner !== VISITOR && navigator.onLine) await offerToTell(place("tools"));
  });
  press("forget", async () => {
    await forget();
    await refresh();
    announce(place("paused")?.textContent?.trim() ?? "");
  });
}

/**
 * @param {string} name
 * @param {() => unknown} act
 */
function press(name, act) {
  place(name)?.addEventListener("click", () => void act());
}

/** @param {import("./library/sync.js").Standing} standing */
function follow({ phase, count }) {
  const progress = place("progress");
  if (!progress) return;
  progress.hidden = phase !== "going" && phase !== "stopped";
  const told = phase === "going" ? progress.dataset.going : progress.dataset.stopped;
  progress.textContent = (told ?? "").replace("{count}", String(count));
  if (phase !== "going" || !held.length) void refresh();
}

async function refresh() {
  const now = await state();
  held = (await rows()).sort(byDay);
  show("waiting", false);
  show("paused", now.isPaused);
  show("none", !held.length && !now.isPaused);
  for (const name of ["head", "filter", "forget"]) show(name, held.length > 0);
  show("tools", true);
  words("count", String(held.length));
  words("size", megabytes(held.reduce((sum, row) => sum + row.bytes, 0)));
  words("when", now.syncedAt ? moment(now.syncedAt) : "–");
  await showMeetings();
  draw();
}

/**
 * @param {string} name
 * @param {string} value
 */
function words(name, value) {
  const at = place(name);
  if (at) at.textContent = `${at.dataset.words ?? ""} ${value}`;
}

/** @param {number} bytes */
function megabytes(bytes) {
  const number = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 1 });
  return `${number.format(Math.max(0.1, bytes / 1_000_000))} MB`;
}

/**
 * @param {Row} one
 * @param {Row} other
 */
function byDay(one, other) {
  return (other.issued ?? "").localeCompare(one.issued ?? "") || one.number.localeCompare(other.number, "vi");
}

// Rows

function draw() {
  const list = place("list");
  const model = place("row");
  if (!list || !(model instanceof HTMLTemplateElement)) return;
  const filter = document.querySelector("#saved-filter");
  const wanted = folded(filter instanceof HTMLInputElement ? filter.value : "").split(" ");
  const found = held.filter((row) => matches(row, wanted));
  list.replaceChildren(...found.slice(0, drawn).map((row) => line(row, model)));
  show("more", found.length > drawn);
  show("unfound", held.length > 0 && !found.length);
}

/**
 * @param {Row} row
 * @param {string[]} wanted
 */
function matches(row, wanted) {
  const text = folded(`${row.type} ${row.number} ${row.title} ${row.issuer}`);
  return wanted.every((word) => text.includes(word));
}

/** @param {string} text */
function folded(text) {
  return text.trim().toLowerCase().normalize("NFD").replace(MARKS, "").replaceAll("đ", "d");
}

/**
 * @param {Row} row
 * @param {HTMLTemplateElement} model
 */
function line(row, model) {
  const made = /** @type {DocumentFragment} */ (model.content.cloneNode(true));
  /** @type {(name: string, text: string) => HTMLElement | null} */
  const put = (name, text) => {
    const at = made.querySelector(`[data-${name}]`);
    if (!(at instanceof HTMLElement)) return null;
    at.textContent = text;
    return at;
  };
  put("type", row.type);
  put("number", row.number);
  put("issuer", row.issuer);
  const title = put("href", "");
  title?.append(...pieces(row.title.slice(0, 1).toUpperCase() + row.title.slice(1)).map(set));
  title?.setAttribute("href", `/documents/${row.slug}`);
  put("issued", shown(row.issued))?.setAttribute("datetime", row.issued ?? "");
  const standing = standingOn(today(), row.effective_from, row.effective_until);
  for (const word of made.querySelectorAll("[data-standing]")) {
    if (word.getAttribute("data-standing") !== standing) word.remove();
  }
  return made;
}

/**
 * @param {string} piece
 * @param {number} at
 */
function set(piece, at) {
  if (at % 2 === 0) return piece;
  const number = document.createElement("span");
  number.className = "unbroken";
  number.textContent = piece;
  return number;
}

void open();
