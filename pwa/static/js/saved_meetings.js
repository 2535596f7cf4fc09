// The meetings that are saved on the phone and are still to come, above the list of saved documents.

import { momentOf } from "./library/meeting_join.js";
import { today } from "./library/days.js";
import { meetings } from "./library/meeting_store.js";

/** @typedef {import("./library/meeting_store.js").Meeting} Meeting */

export async function showMeetings() {
  const place = document.querySelector("[data-saved-meetings]");
  const model = place?.querySelector("template");
  if (!(place instanceof HTMLElement) || !model) return;
  const coming = (await meetings()).items.filter(({ at }) => today(Date.parse(at)) >= today());
  place.querySelector("ol")?.replaceChildren(...coming.map((one) => row(one, model, place)));
  place.hidden = !coming.length;
}

/**
 * @param {Meeting} meeting
 * @param {HTMLTemplateElement} model
 * @param {HTMLElement} place
 */
function row(meeting, model, place) {
  const made = /** @type {DocumentFragment} */ (model.content.cloneNode(true));
  /** @type {(name: string, text: string) => void} */
  const put = (name, text) => {
    const at = made.querySelector(`[data-${name}]`);
    if (at) at.textContent = text;
  };
  const { time, weekday, date } = momentOf(meeting.at);
  const words = place.dataset.when ?? "";
  put("when", words.replace("{time}", time).replace("{weekday}", place.dataset[weekday] ?? "").replace("{date}", date));
  put("title", meeting.title);
  put("place", meeting.place);
  put("unit", (document.documentElement.lang === "en" && meeting.unit?.name_en) || meeting.unit?.name || "");
  made.querySelector("[data-title]")?.setAttribute("href", `/meetings/${meeting.id}`);
  if (meeting.state !== "cancelled") made.querySelector("[data-cancelled]")?.remove();
  return made;
}
