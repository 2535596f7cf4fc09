// What every page does about notifications: keeps this phone told of its member, and makes the offer to be told.

import { renew } from "./library/pushed.js";
import { attendOffer } from "./offering.js";

const STARTED = "sotay-started";

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
  const how = { isStart: isStart() };
  await renew(registration, document.documentElement.lang, how).catch(() => undefined);
}

/** Whether the handbook has just been opened, rather than one of its pages left for another. */
function isStart() {
  try {
    if (sessionStorage.getItem(STARTED)) return false;
    sessionStorage.setItem(STARTED, "1");
    return true;
  } catch {
    return false; // nothing may be kept: the day tells
  }
}
