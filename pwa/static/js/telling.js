// What every page does about notifications: keeps this phone told, and makes a quiet offer to who has read to the end.
// The browser's own question is never put from here.

import { renew } from "./library/pushed.js";

const OFFER = "sotay-push-offer";
const INBOX = "/notices";

export function attendNotices() {
  if (!("serviceWorker" in navigator) || !("indexedDB" in globalThis)) return;
  const isMember = document.body.dataset.reader === "member";
  if (isMember && location.pathname === INBOX) void clear();
  if (isMember && mayBeTold()) void keepTold();
  offer();
}

/** Whether this page's browser has push messages, and its user allowed them. */
function mayBeTold() {
  return "PushManager" in globalThis && "Notification" in globalThis && Notification.permission === "granted";
}

async function keepTold() {
  const registration = await navigator.serviceWorker.ready;
  await renew(registration, document.documentElement.lang).catch(() => undefined);
}

/** Whoever looks at the inbox has seen what was shown. */
async function clear() {
  const shown = await (await navigator.serviceWorker.getRegistration())?.getNotifications?.();
  for (const each of shown ?? []) each.close();
  if ("clearAppBadge" in navigator) await navigator.clearAppBadge().catch(() => undefined);
}

function offer() {
  const block = document.querySelector("[data-push-offer]");
  const tail = block?.parentElement;
  if (!(block instanceof HTMLElement) || !tail || !isWorthOffering()) return;
  const watching = new IntersectionObserver((seen) => {
    if (!seen.some((each) => each.isIntersecting) || scrollY === 0) return;
    watching.disconnect();
    block.hidden = false;
  });
  watching.observe(tail);
  block.querySelector("[data-push-never]")?.addEventListener("click", () => {
    block.hidden = true;
    remember();
  });
}

/** Not to those who decided already, whose browser cannot, or who want to hear no more of it. */
function isWorthOffering() {
  // Only Safari on iPhone and iPad has this: there it takes the home screen first, and the page says how.
  const isOutside = /** @type {{ standalone?: boolean }} */ (navigator).standalone === false;
  const isOpen = "PushManager" in globalThis ? Notification.permission === "default" : isOutside;
  try {
    return isOpen && localStorage.getItem(OFFER) === null;
  } catch {
    return false;
  }
}

function remember() {
  try {
    localStorage.setItem(OFFER, "never");
  } catch {
    // Asked again then, as nothing can be kept.
  }
}
