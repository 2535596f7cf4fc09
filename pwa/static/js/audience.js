// Whom something is addressed to: each step changes the piece in place. Without this the whole page comes back.

import { announce } from "./announce.js";
import { attendFinders } from "./units.js";

const ACT = "audience_act";

addEventListener("submit", (event) => {
  const { target: form, submitter: button } = event;
  if (!(form instanceof HTMLFormElement) || !(button instanceof HTMLButtonElement) || button.name !== ACT) return;
  if (button.dataset.plainly) return;
  event.preventDefault();
  void step(form, button);
});

/**
 * @param {HTMLFormElement} form
 * @param {HTMLButtonElement} button
 */
async function step(form, button) {
  const piece = button.closest("[data-audience]");
  if (!piece || piece.ariaBusy === "true") return;
  piece.ariaBusy = "true";
  const next = await asked(form, button).catch(() => null);
  if (!next) {
    button.dataset.plainly = "1"; // the browser goes there itself, and shows what is wrong
    form.requestSubmit(button);
    return;
  }
  piece.replaceWith(next);
  next.querySelector("input[name=audience]")?.dispatchEvent(new Event("change", { bubbles: true })); // who saves, saves it
  attendFinders(next);
  const reach = next.querySelector("[data-audience-reach]");
  announce((next.querySelector(".wrong-words") ?? reach)?.textContent ?? "");
  const same = [...next.querySelectorAll("button")].find((one) => one.value === button.value) ?? reach;
  if (same instanceof HTMLElement) same.focus();
}

/**
 * The piece as the server draws it after the step.
 * @param {HTMLFormElement} form
 * @param {HTMLButtonElement} button
 */
async function asked(form, button) {
  const body = new FormData(form);
  for (const [name, value] of [...body]) if (typeof value !== "string") body.delete(name); // files go with their own buttons
  body.append(button.name, button.value);
  const answer = await fetch(form.action, { method: "POST", body });
  return new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-audience]");
}
