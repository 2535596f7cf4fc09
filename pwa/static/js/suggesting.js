// What one may be about to type is offered below the field: documents to open, words to look for.
//
// Without this, without a network or when the server has nothing to offer, one types on and presses the button.
// The keys are those of a combobox with a listbox (ARIA Authoring Practices).

import { announce } from "./announce.js";

const PATIENCE_MS = 180;
const MOST = 8;

/**
 * @typedef {object} Suggestion
 * @property {string} text
 * @property {"document" | "words"} kind
 * @property {string} url
 */

/**
 * @param {HTMLFormElement} form
 */
function attend(form) {
  const input = form.querySelector("input[type=search]");
  const list = form.querySelector("[data-suggested]");
  if (!(input instanceof HTMLInputElement) || !(list instanceof HTMLElement)) return;
  const offer = new Offer(form, input, list);
  input.type = "text"; // a search box cannot be a combobox as well
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-expanded", "false");
  input.addEventListener("input", () => offer.wait());
  input.addEventListener("keydown", (event) => offer.heed(event));
  input.addEventListener("blur", () => offer.close());
  form.addEventListener("submit", () => offer.close());
  list.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the keyboard
  list.addEventListener("click", (event) => offer.take(event.target));
  addEventListener("pagehide", () => offer.close());
}

class Offer {
  /**
   * @param {HTMLFormElement} form
   * @param {HTMLInputElement} input
   * @param {HTMLElement} list
   */
  constructor(form, input, list) {
    this.form = form;
    this.input = input;
    this.list = list;
    /** @type {Suggestion[]} */
    this.offered = [];
    this.at = -1;
    this.waiting = 0;
    this.asking = new AbortController();
  }

  /** Looks once nothing more was typed for a moment; what was looked for before is of no use any more. */
  wait() {
    this.forget();
    if (!this.input.value.trim()) this.show([]);
    else this.waiting = setTimeout(() => void this.look(), PATIENCE_MS);
  }

  forget() {
    clearTimeout(this.waiting);
    this.asking.abort();
    this.asking = new AbortController();
  }

  async look() {
    const { signal } = this.asking;
    const asked = new URLSearchParams({ q: this.input.value.trim().slice(0, 300), limit: String(MOST) });
    /** @type {Suggestion[]} */
    let found = [];
    try {
      const answer = await fetch(`${this.form.dataset.suggest}?${asked}`, { signal });
      if (answer.ok) found = (await answer.json()).items;
    } catch {
      // Nothing is offered then.
    }
    if (!signal.aborted) this.show(found);
  }

  /** @param {Suggestion[]} found */
  show(found) {
    const wasOpen = this.isOpen;
    this.list.replaceChildren(...found.map((each, index) => this.drawn(each, index)));
    this.offered = found;
    this.mark(-1);
    this.list.scrollTop = 0;
    this.open(found.length > 0 && document.activeElement === this.input);
    if (this.isOpen && !wasOpen) announce(this.form.dataset.suggestSaid ?? "");
  }

  /**
   * @param {Suggestion} suggestion
   * @param {number} index
   */
  drawn(suggestion, index) {
    const template = this.form.querySelector(`template[data-suggestion=${suggestion.kind}]`);
    const drawn = template instanceof HTMLTemplateElement ? template.content.cloneNode(true) : null;
    const option = drawn instanceof DocumentFragment ? drawn.firstElementChild : null;
    if (!option) throw new Error("no template for a suggestion");
    option.id = `${this.list.id}-${index}`;
    const words = option.querySelector("[data-suggestion-words]");
    if (words) words.textContent = suggestion.text;
    return option;
  }

  get isOpen() {
    return !this.list.hidden;
  }

  /** @param {boolean} isOpen */
  open(isOpen) {
    this.list.hidden = !isOpen;
    this.input.setAttribute("aria-expanded", String(isOpen));
    if (!isOpen) this.mark(-1);
  }

  close() {
    this.forget();
    this.open(false);
  }

  /** @param {KeyboardEvent} event */
  heed(event) {
    if (event.isComposing || event.ctrlKey || event.metaKey) return; // the keyboard is still making a letter
    if ((event.key === "ArrowDown" || event.key === "ArrowUp") && this.offered.length) this.step(event);
    else if (event.key === "Escape" && this.isOpen) this.close();
    else if (event.key === "Enter" && this.isOpen && this.at >= 0) this.go(this.at);
    else return;
    event.preventDefault();
  }

  /**
   * Down to the next one, up to the one before, past the last one to the first.
   * @param {KeyboardEvent} event
   */
  step(event) {
    const count = this.offered.length;
    if (!this.isOpen) this.open(true);
    if (event.altKey) return;
    const from = this.at < 0 && event.key === "ArrowUp" ? count : this.at;
    this.mark((from + (event.key === "ArrowDown" ? 1 : -1) + count) % count);
  }

  /** @param {number} at the one that Enter would take; -1 for none */
  mark(at) {
    this.list.children[this.at]?.setAttribute("aria-selected", "false");
    this.at = at;
    const option = this.list.children[at];
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) this.input.setAttribute("aria-activedescendant", option.id);
    else this.input.removeAttribute("aria-activedescendant");
  }

  /** @param {EventTarget | null} target */
  take(target) {
    const option = target instanceof Element ? target.closest("[role=option]") : null;
    if (option) this.go([...this.list.children].indexOf(option));
  }

  /** @param {number} at */
  go(at) {
    const chosen = this.offered[at];
    this.close();
    if (chosen) location.assign(chosen.url);
  }
}

for (const form of document.querySelectorAll("[data-suggest]")) {
  if (form instanceof HTMLFormElement) attend(form);
}
