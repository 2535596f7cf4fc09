// Offers to put the handbook among the phone's apps: a button where the browser can, drawn steps on an iPhone.

/** @typedef {Event & { prompt: () => Promise<void>, userChoice: Promise<{ outcome: string }> }} InstallEvent */

const block = document.querySelector("[data-install]");
const button = document.querySelector("[data-install-go]");
const steps = document.querySelector("[data-install-steps]");

/** @type {InstallEvent | null} */
let offered = null;

const isInstalled = matchMedia("(display-mode: standalone)").matches;
// Only Safari on iPhone and iPad has this, and it says whether the page runs as an app.
const standalone = /** @type {{ standalone?: boolean }} */ (navigator).standalone;

/** @param {Element | null} within */
function reveal(within) {
  block?.removeAttribute("hidden");
  within?.removeAttribute("hidden");
}

addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault();
  offered = /** @type {InstallEvent} */ (event);
  reveal(button);
});

addEventListener("appinstalled", () => block?.setAttribute("hidden", ""));

button?.addEventListener("click", () => {
  void offered?.prompt();
  offered = null;
  button.setAttribute("hidden", "");
});

if (standalone === false && !isInstalled) reveal(steps);
