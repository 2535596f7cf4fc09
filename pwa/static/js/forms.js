// Forms: what was wrong is heard first, and a password can be looked at before it is sent.

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
