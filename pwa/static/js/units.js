// Looking for a unit: the matches are shown while words are typed. Without this a button brings them.

import { announce } from "./announce.js";

const PATIENCE_MS = 250;

attendFinders(document);

/**
 * @param {ParentNode} place
 */
export function attendFinders(place) {
  for (const finder of place.querySelectorAll("[data-unit-finder]")) {
    if (finder instanceof HTMLElement) attend(finder);
  }
}

/**
 * @param {HTMLElement} finder
 */
function attend(finder) {
  const input = finder.querySelector("input[type=search]");
  const goal = finder.querySelector("[data-unit-matches]");
  if (!(input instanceof HTMLInputElement) || !goal) return;
  finder.querySelector("[data-unit-find]")?.setAttribute("hidden", "");
  let waiting = 0;
  const proposed = input.value ? [] : [...goal.childNodes]; // what is offered before anything is looked for
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    if (!input.value.trim() && proposed.length > 0) goal.replaceChildren(...proposed);
    else waiting = setTimeout(() => look(finder, input, goal), PATIENCE_MS);
  });
}

/**
 * @param {HTMLElement} finder
 * @param {HTMLInputElement} input
 * @param {Element} goal
 */
async function look(finder, input, goal) {
  const words = input.value.trim();
  const { unitFinder: name = "", unitPurpose = "" } = finder.dataset;
  const asked = new URLSearchParams({ name, words, for: unitPurpose });
  const answer = await fetch(`/desk/units/found?${asked}`).catch(() => null);
  if (!answer?.ok || words !== input.value.trim()) return; // what is typed by now will be looked for by itself
  const drawn = new DOMParser().parseFromString(await answer.text(), "text/html");
  goal.replaceChildren(...drawn.body.childNodes);
  const said = goal.querySelector("[data-said]");
  if (said instanceof HTMLElement) announce(said.dataset.said ?? "");
}
