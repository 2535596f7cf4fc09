// The number on the app's icon, on a phone that is told and can show one: what came since the inbox was last looked at, and
// was not opened either. Whoever looks at the inbox clears it.

import { fresh } from "./inbox.js";
import { isEnrolled } from "./pushed.js";
import { noticeIn } from "./told.js";

/** @param {ServiceWorkerRegistration | undefined} registration */
export async function showBadge(registration) {
  if (!registration || !("setAppBadge" in navigator) || !(await isEnrolled(registration))) return;
  const { length: count } = await fresh(await shownBy(registration));
  await (count ? navigator.setAppBadge(count) : navigator.clearAppBadge());
}

/** @param {ServiceWorkerRegistration} registration */
async function shownBy(registration) {
  const shown = await registration.getNotifications();
  return shown.map((each) => noticeIn(String(each.data?.navigate)) ?? "").filter(Boolean);
}
