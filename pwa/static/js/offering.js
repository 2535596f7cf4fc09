// The quiet offer to be told on this phone. It is made to a member who has just done what it goes with: read to the end,
// quoted, followed something, kept something on the phone; never on a page that was merely opened. The browser's own
// question is never put from here.

import { isEnrolled } from "./library/pushed.js";

const KEY = "sotay-push-offer";
const DAY_MS = 86_400_000;
/** So long nothing is offered to those who said not now, and to those who have gone to see how. */
const NOT_NOW_DAYS = 90;
const SEEN_DAYS = 7;

/** On every page: who has followed something, or reads to the end, is made the offer where it stands. */
export function attendOffer() {
  const block = offer();
  if (!block) return;
  block.querySelector("[data-push-later]")?.addEventListener("click", () => {
    block.hidden = true;
    keepQuiet(NOT_NOW_DAYS);
  });
  block.querySelector("a")?.addEventListener("click", () => keepQuiet(SEEN_DAYS));
  if (block.dataset.pushOffer === "now") void offerToTell();
  if (block.dataset.pushOffer === "end" && block.parentElement) watch(block.parentElement);
}

/**
 * Makes the offer, if it is worth making.
 * @param {Element | null} [at] at the end of which it is to stand, until something else is taken there
 */
export async function offerToTell(at) {
  const block = offer();
  if (!block || !(await isWorthOffering())) return;
  at?.append(block);
  at?.addEventListener("taken", () => block.setAttribute("hidden", ""), { once: true });
  block.hidden = false;
}

/**
 * Nothing is offered for some time.
 * @param {number} [days]
 */
export function keepQuiet(days = NOT_NOW_DAYS) {
  try {
    localStorage.setItem(KEY, new Date(Date.now() + days * DAY_MS).toISOString());
  } catch {
    // Offered again then, as nothing can be kept.
  }
}

/** @returns {HTMLElement | null} */
function offer() {
  return document.querySelector("[data-push-offer]");
}

/** @param {Element} tail of a text */
function watch(tail) {
  const watching = new IntersectionObserver((seen) => {
    if (!seen.some((each) => each.isIntersecting) || scrollY === 0) return;
    watching.disconnect();
    void offerToTell();
  });
  watching.observe(tail);
}

/** Not to those who are told already, whose browser cannot or may not, or who said not now. */
async function isWorthOffering() {
  if (isQuiet() || !("serviceWorker" in navigator && "indexedDB" in globalThis)) return false;
  // Only Safari on iPhone and iPad has this: there it takes the home screen first, and the page says how.
  if (!("PushManager" in globalThis)) return /** @type {{ standalone?: boolean }} */ (navigator).standalone === false;
  if (Notification.permission !== "granted") return Notification.permission === "default";
  const registration = await navigator.serviceWorker.getRegistration();
  return registration !== undefined && !(await isEnrolled(registration).catch(() => true));
}

function isQuiet() {
  try {
    const until = localStorage.getItem(KEY);
    return until !== null && !(Date.parse(until) <= Date.now());
  } catch {
    return true;
  }
}
