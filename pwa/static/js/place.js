// Where the reader is in a document: the current line of the contents, and the way to the next part.

import { announce } from "./announce.js";
import { showCurrent } from "./sheets.js";

const BAND = "-18% 0px -72% 0px";
/** Part of the screen in which the text counts as being read: a band in its upper third. */

/**
 * @typedef {object} Line
 * @property {HTMLAnchorElement} link
 * @property {HTMLElement} part
 */

/**
 * @param {HTMLElement} fragment
 */
export function followPlace(fragment) {
  const lines = contentsOf(fragment);
  if (!lines.length) return;
  /** @type {Set<number>} */
  const seen = new Set();
  let current = -1;
  const order = new Map(lines.map((line, index) => [/** @type {Element} */ (line.part), index]));
  const observer = new IntersectionObserver(
    (entries) => {
      for (const entry of entries) {
        const index = order.get(entry.target) ?? -1;
        if (entry.isIntersecting) seen.add(index);
        else seen.delete(index);
      }
      // Chapters hold their articles: the last one in reading order is the innermost.
      const next = seen.size ? Math.max(...seen) : current;
      if (next !== current) {
        mark(lines[current], lines[next]);
        current = next;
      }
    },
    { rootMargin: BAND },
  );
  for (const line of lines) observer.observe(line.part);
  offerSteps(lines, () => current);
}

/**
 * @param {HTMLElement} fragment
 * @returns {Line[]}
 */
function contentsOf(fragment) {
  /** @type {Line[]} */
  const lines = [];
  for (const link of document.querySelectorAll("#contents a")) {
    const part = link instanceof HTMLAnchorElement ? document.getElementById(pathOf(link.hash)) : null;
    if (link instanceof HTMLAnchorElement && part && fragment.contains(part)) lines.push({ link, part });
  }
  return lines;
}

/**
 * @param {string} hash
 */
export function pathOf(hash) {
  try {
    return decodeURIComponent(hash.slice(1));
  } catch {
    return "";
  }
}

/**
 * @param {Line | undefined} before
 * @param {Line | undefined} now
 */
function mark(before, now) {
  before?.link.removeAttribute("aria-current");
  now?.link.setAttribute("aria-current", "location");
  const place = document.querySelector("[data-place]");
  if (place) place.textContent = now ? wordsOf(now.link) : "";
  const sheet = document.getElementById("contents");
  if (sheet && sheet.clientHeight && sheet.scrollHeight > sheet.clientHeight) showCurrent(sheet);
}

/**
 * @param {HTMLAnchorElement} link
 */
function wordsOf(link) {
  return Array.from(link.children, (child) => child.textContent).join(" · ");
}

/**
 * @param {Line[]} lines
 * @param {() => number} current
 */
function offerSteps(lines, current) {
  for (const button of document.querySelectorAll("[data-step]")) {
    if (!(button instanceof HTMLButtonElement)) continue;
    button.hidden = false;
    button.addEventListener("click", () => {
      const line = lines[Math.max(0, Math.min(lines.length - 1, current() + Number(button.dataset.step)))];
      if (!line) return;
      history.replaceState(null, "", line.link.hash);
      bringUp(line.part);
      announce(wordsOf(line.link));
    });
  }
}

/**
 * Scrolls to a part and stays with it while the text above it is being laid out, unless the reader moves.
 * @param {HTMLElement} part
 */
export function bringUp(part) {
  const started = performance.now();
  let isLetGo = false;
  const letGo = () => {
    isLetGo = true;
  };
  for (const kind of ["wheel", "touchstart", "keydown", "pointerdown"]) {
    addEventListener(kind, letGo, { once: true, passive: true, capture: true });
  }
  const hold = () => {
    if (isLetGo || performance.now() - started > 600) return;
    part.scrollIntoView({ block: "start", behavior: "instant" });
    requestAnimationFrame(hold);
  };
  hold();
}
