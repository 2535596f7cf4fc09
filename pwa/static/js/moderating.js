// Keys for whoever decides on many comments with a keyboard; everything works without them.

const KEYBOARD = matchMedia("(hover: hover) and (pointer: fine)");

start();

function start() {
  if (!KEYBOARD.matches) return;
  for (const hint of document.querySelectorAll("[data-keys]")) {
    if (hint instanceof HTMLElement) hint.hidden = false;
  }
  document.addEventListener("keydown", pressed);
}

/** @param {KeyboardEvent} event */
function pressed(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  const key = event.key.toLowerCase();
  if (document.querySelector("[data-queue]") ? inQueue(key) : inCase(key)) event.preventDefault();
}

/** @param {EventTarget | null} target */
function isTyping(target) {
  return target instanceof Element && target.matches("textarea, select, input:not([type=checkbox], [type=radio])");
}

/**
 * Whether the key means something in the queue.
 * @param {string} key
 */
function inQueue(key) {
  const rows = [...document.querySelectorAll("[data-row]")];
  const at = rows.findIndex((row) => row.contains(document.activeElement));
  if (key === "j" || key === "k") {
    const next = rows[Math.min(Math.max(at + (key === "j" ? 1 : -1), 0), rows.length - 1)];
    return turnTo(next?.querySelector("[data-open]"));
  }
  if (at < 0) return false;
  if (key === "x") return press(rows[at]?.querySelector("[name=pick]"));
  return key === "o" && press(rows[at]?.querySelector("[data-open]"));
}

/**
 * Whether the key means something before one comment.
 * @param {string} key
 */
function inCase(key) {
  if (key === "r") return turnTo(document.getElementById("reason"));
  const verdict = document.querySelectorAll("[name=verdict]")[["1", "2", "3"].indexOf(key)];
  return press(verdict) && turnTo(verdict);
}

/** @param {Element | null | undefined} what */
function press(what) {
  if (!(what instanceof HTMLElement)) return false;
  what.click();
  return true;
}

/** @param {Element | null | undefined} what */
function turnTo(what) {
  if (!(what instanceof HTMLElement)) return false;
  what.focus();
  what.scrollIntoView({ block: "center" });
  return true;
}
