// Forms: what was wrong is heard first, a password can be looked at before it is sent, and words that could not be
// sent are copied with one tap.

import { announce } from "./announce.js";
import { copyText } from "./quoting.js";

export function attendForms() {
  const wrong = document.querySelector("[data-focus]");
  if (wrong instanceof HTMLElement) wrong.focus();
  takeCodeFromAddress();
  addEventListener("hashchange", takeCodeFromAddress);
  for (const button of document.querySelectorAll("[data-print]")) {
    if (!(button instanceof HTMLElement)) continue;
    button.hidden = false;
    button.addEventListener("click", () => globalThis.print());
  }
  for (const button of document.querySelectorAll("[data-reveal]")) {
    if (button instanceof HTMLButtonElement) offerToReveal(button);
  }
  for (const button of document.querySelectorAll("[data-copy-words]")) {
    if (button instanceof HTMLButtonElement) offerToCopy(button);
  }
}

/**
 * @param {HTMLButtonElement} button
 */
function offerToCopy(button) {
  const area = document.getElementById(button.dataset.copyWords ?? "");
  const label = button.querySelector("span");
  if (!(area instanceof HTMLTextAreaElement) || !label) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const isDone = await copyText(area.value);
    label.textContent = (isDone ? button.dataset.copied : button.dataset.failed) ?? "";
    announce(label.textContent);
  });
}

/**
 * @param {HTMLButtonElement} button
 */
function offerToReveal(button) {
  const input = document.getElementById(button.dataset.reveal ?? "");
  if (!(input instanceof HTMLInputElement)) return;
  const hidden = button.textContent ?? "";
  button.hidden = false;
  button.addEventListener("click", () => {
    const isShown = input.type === "text";
    input.type = isShown ? "password" : "text";
    button.textContent = isShown ? hidden : (button.dataset.shown ?? hidden);
  });
}

/** A slip's QR brings its code after the hash, which no server and no log ever sees. */
function takeCodeFromAddress() {
  const input = document.getElementById("code");
  const code = location.hash.slice(1);
  if (!(input instanceof HTMLInputElement) || !/^[\w-]{8,40}$/.test(code)) return;
  input.value = code;
  history.replaceState(null, "", location.pathname + location.search);
}
