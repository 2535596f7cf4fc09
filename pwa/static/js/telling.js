// What every page does about notifications: keeps this phone told of its member, and makes the offer to be told.

import { renew } from "./library/pushed.js";
import { attendOffer } from "./offering.js";

export function attendNotices() {
  if (!("serviceWorker" in navigator) || !("indexedDB" in globalThis)) return;
  if (document.body.dataset.reader === "member" && mayBeTold()) void keepTold();
  attendOffer();
}

/** Whether this page's browser has push messages, and its user allowed them. */
function mayBeTold() {
  return "PushManager" in globalThis && "Notification" in globalThis && Notification.permission === "granted";
}

async function keepTold() {
  const registration = await navigator.serviceWorker.ready;
  await renew(registration, document.documentElement.lang).catch(() => undefined);
}
