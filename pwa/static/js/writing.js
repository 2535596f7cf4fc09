// Writing news: what is typed is drawn beside the form and saved by itself. Without this, buttons do both.

const DRAW_MS = 500;
const SAVE_MS = 2_500;
const AGAIN_MS = 10_000;

class Writing {
  /** @param {HTMLFormElement} form */
  constructor(form) {
    this.form = form;
    this.base = form.dataset.writing ?? "";
    this.status = form.querySelector("[data-saved]");
    this.goal = document.querySelector("[data-preview]");
    this.isSaving = "autosave" in form.dataset;
    this.changes = 0;
    this.saved = 0;
    this.drawing = 0;
    this.waiting = 0;
    this.asking = false;
  }

  attend() {
    this.form.addEventListener("input", (event) => this.changed(event.target));
    this.form.addEventListener("change", (event) => this.changed(event.target));
    addEventListener("submit", (event) => {
      if (event.target === this.form && !event.defaultPrevented) this.leave(); // audience.js, loaded before, stays here
    });
    this.form.addEventListener("click", (event) => this.noteCaret(event.target));
    for (const needless of this.form.querySelectorAll("[data-without-script]")) needless.setAttribute("hidden", "");
    addEventListener("beforeunload", (event) => {
      if (this.changes !== this.saved) event.preventDefault();
    });
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") void this.save();
    });
  }

  /** @param {EventTarget | null} field */
  changed(field) {
    if (field instanceof HTMLInputElement && field.type === "file") return; // a file goes with its button
    this.changes += 1;
    clearTimeout(this.drawing);
    this.drawing = setTimeout(() => void this.draw(), DRAW_MS);
    if (!this.isSaving) return;
    this.tell(this.form.dataset.unsaved ?? "");
    this.saveIn(SAVE_MS);
  }

  /** The button sends everything itself: what is under way must not come in between. */
  leave() {
    this.isSaving = false;
    clearTimeout(this.waiting);
    this.saved = this.changes;
  }

  /**
   * A picture goes where one was writing.
   * @param {EventTarget | null} button
   */
  noteCaret(button) {
    if (!(button instanceof HTMLButtonElement) || button.value !== "picture") return;
    const body = this.form.querySelector("textarea[name=body]");
    const caret = this.form.querySelector("[data-caret]");
    if (!(body instanceof HTMLTextAreaElement) || !(caret instanceof HTMLInputElement)) return;
    caret.value = String([...body.value.slice(0, body.selectionEnd)].length);
  }

  async draw() {
    const answer = await this.send("preview").catch(() => null);
    if (!answer?.ok || !this.goal) return;
    const drawn = new DOMParser().parseFromString(await answer.text(), "text/html");
    this.goal.replaceChildren(...drawn.body.childNodes);
  }

  /** @param {number} milliseconds */
  saveIn(milliseconds) {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => void this.save(), milliseconds);
  }

  async save() {
    if (!this.isSaving || this.asking || this.changes === this.saved) return;
    this.asking = true;
    const sent = this.changes;
    this.tell(this.form.dataset.saving ?? "");
    try {
      await this.heed(await this.send("draft"), sent);
    } catch {
      this.tell(this.form.dataset.lost ?? "");
      this.saveIn(AGAIN_MS);
    }
    this.asking = false;
    if (this.changes !== sent) this.saveIn(SAVE_MS);
  }

  /**
   * @param {Response} answer
   * @param {number} sent
   */
  async heed(answer, sent) {
    const told = await answer.json();
    if (answer.status === 409) {
      this.stop(told.words);
    } else if (answer.ok) {
      this.saved = sent;
      const version = this.form.querySelector("[data-version]");
      if (version instanceof HTMLInputElement) version.value = String(told.version);
      if (location.pathname !== told.address) history.replaceState(null, "", told.address);
      if (this.changes === sent) this.tell(told.words);
    } else {
      this.tell(told.words);
    }
  }

  /**
   * Somebody else saved: nothing is saved over, and nothing typed is lost. The button shows both.
   * @param {string} words
   */
  stop(words) {
    this.isSaving = false;
    const place = this.form.querySelector("[data-changed]");
    const line = this.form.querySelector("[data-changed-words]");
    if (!(place instanceof HTMLElement) || !line) return;
    place.hidden = false;
    line.textContent = words;
    this.tell(this.form.dataset.unsaved ?? "");
  }

  /**
   * What is typed, without files.
   * @param {string} goal
   */
  send(goal) {
    const typed = [...new FormData(this.form)].filter(([, value]) => typeof value === "string");
    const body = new URLSearchParams(/** @type {[string, string][]} */ (typed));
    return fetch(`${this.base}/${goal}`, { method: "POST", body });
  }

  /** @param {string} words */
  tell(words) {
    if (this.status && this.status.textContent !== words) this.status.textContent = words;
  }
}

for (const form of document.querySelectorAll("form[data-writing]")) {
  if (form instanceof HTMLFormElement) new Writing(form).attend();
}
