// A meeting being prepared for: ticks that stay on this phone, all words open in print, papers kept on request.

import { announce } from "./announce.js";
import { fetchPaper } from "./library/meetings.js";
import { meeting, papers, tick, ticks } from "./library/meeting_store.js";
import { state } from "./library/store.js";
import { offerToTell } from "./offering.js";

const page = document.querySelector("[data-meeting]");
const id = (page instanceof HTMLElement && page.dataset.meeting) || "";
let wasKept = false;

function openForPrint() {
  /** @type {HTMLDetailsElement[]} */
  let opened = [];
  const words = () => /** @type {NodeListOf<HTMLDetailsElement>} */ (document.querySelectorAll("details[data-words]"));
  addEventListener("beforeprint", () => {
    opened = [...words()].filter((each) => !each.open);
    for (const each of opened) each.open = true;
  });
  addEventListener("afterprint", () => {
    for (const each of opened) each.open = false;
  });
  const button = document.querySelector("[data-meeting-print]");
  button?.removeAttribute("hidden");
  button?.addEventListener("click", () => print());
}

async function offerTicks() {
  const boxes = /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll("[data-tick] input"));
  const read = new Set(await ticks());
  for (const box of boxes) {
    box.checked = read.has(box.value);
    box.closest("[data-tick]")?.removeAttribute("hidden");
    box.addEventListener("change", () => {
      void tick(box.value, box.checked);
      count(boxes);
    });
  }
  count(boxes);
}

/** @param {NodeListOf<HTMLInputElement>} boxes */
function count(boxes) {
  const line = document.querySelector("[data-read-count]");
  if (!(line instanceof HTMLElement) || !boxes.length) return;
  const read = [...boxes].filter((box) => box.checked).length;
  line.textContent = (line.dataset.words ?? "").replace("{read}", String(read)).replace("{all}", String(boxes.length));
  line.hidden = false;
}

/** Says what of the page is on the phone; a meeting that is the reader's no more leaves its open page. */
async function mark() {
  const isKept = (await meeting(id)) !== undefined;
  if (wasKept && !isKept) {
    location.reload();
    return;
  }
  wasKept = isKept;
  for (const each of document.querySelectorAll("[data-meeting-kept]")) each.toggleAttribute("hidden", !isKept);
  const kept = new Set(await papers());
  for (const button of document.querySelectorAll("[data-keep-paper]")) {
    const has = kept.has((button instanceof HTMLElement && button.dataset.keepPaper) || "");
    button.toggleAttribute("hidden", has || !isKept);
    button.parentElement?.querySelector("[data-paper-kept]")?.toggleAttribute("hidden", !has);
  }
}

/** @param {HTMLElement} button */
async function keep(button) {
  const { keepPaper = "", name = "", failed = "" } = button.dataset;
  button.setAttribute("aria-busy", "true");
  try {
    await fetchPaper(id, { id: keepPaper, name }, (await state()).owner);
    await offerToTell(button.closest(".agenda-item"));
  } catch {
    announce(failed);
    button.textContent = failed;
  }
  button.removeAttribute("aria-busy");
  await mark();
}

async function begin() {
  openForPrint();
  if (!("indexedDB" in globalThis)) return;
  await offerTicks();
  await mark();
  addEventListener("library", () => void mark());
  for (const button of document.querySelectorAll("[data-keep-paper]")) {
    button.addEventListener("click", () => void keep(/** @type {HTMLElement} */ (button)));
  }
}

void begin();
