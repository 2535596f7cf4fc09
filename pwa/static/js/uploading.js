// Bringing files in: dropped or chosen, several at once, each with its own progress. Without this the form sends them all.


export {};

for (const each of document.querySelectorAll("form[data-upload]")) {
  if (each instanceof HTMLFormElement) attend(each);
}

/** @param {HTMLFormElement} form */
function attend(form) {
  const field = form.querySelector("input[type=file]");
  const drop = form.querySelector("[data-drop]");
  if (!(field instanceof HTMLInputElement) || !(drop instanceof HTMLElement)) return;
  field.addEventListener("change", () => {
    void sendAll(form, [...(field.files ?? [])]);
    field.value = "";
  });
  drop.addEventListener("dragover", (event) => {
    event.preventDefault();
    drop.classList.add("over");
  });
  drop.addEventListener("dragleave", () => drop.classList.remove("over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    void sendAll(form, [...(event.dataTransfer?.files ?? [])]);
  });
}

/**
 * One after the other: a phone's line and the server are both spared.
 * @param {HTMLFormElement} form
 * @param {File[]} files
 */
async function sendAll(form, files) {
  const rows = files.map((file) => waiting(form, file));
  for (const [at, file] of files.entries()) {
    const row = rows[at];
    if (row) await send(form, file, row);
  }
}

/**
 * @param {HTMLFormElement} form
 * @param {File} file
 */
function waiting(form, file) {
  const row = document.createElement("li");
  const name = document.createElement("strong");
  const bar = document.createElement("progress");
  const words = document.createElement("p");
  name.textContent = file.name;
  bar.max = 100;
  bar.value = 0;
  bar.setAttribute("aria-label", file.name);
  words.className = "meta";
  words.dataset.words = "";
  words.textContent = form.dataset.sending ?? "";
  const body = document.createElement("div");
  body.append(name, bar, words);
  row.append(body);
  form.querySelector("[data-taken]")?.append(row);
  return row;
}

/**
 * @param {HTMLFormElement} form
 * @param {File} file
 * @param {HTMLLIElement} row
 */
function send(form, file, row) {
  const unit = form.querySelector("[name=unit]");
  const body = new FormData();
  body.append("unit", unit instanceof HTMLInputElement || unit instanceof HTMLSelectElement ? unit.value : "");
  body.append("file", file);
  const request = new XMLHttpRequest();
  const bar = row.querySelector("progress");
  const words = row.querySelector("[data-words]");
  request.upload.addEventListener("progress", (event) => {
    if (bar && event.lengthComputable) bar.value = (90 * event.loaded) / event.total;
  });
  request.upload.addEventListener("load", () => {
    bar?.removeAttribute("value");
    if (words) words.textContent = form.dataset.reading ?? "";
  });
  return new Promise((resolve) => {
    request.addEventListener("loadend", () => {
      if (!told(request, row) && words) {
        words.textContent = form.dataset.failed ?? "";
        bar?.remove();
      }
      resolve(undefined);
    });
    request.open("PUT", `/desk/drafts/${crypto.randomUUID()}/file`);
    request.send(body);
  });
}

/**
 * What became of it, in the server's words.
 * @param {XMLHttpRequest} request
 * @param {HTMLLIElement} row
 */
function told(request, row) {
  if (request.status !== 200 && request.status !== 422) return false;
  const line = new DOMParser().parseFromString(request.responseText, "text/html").querySelector("li");
  if (line) row.replaceWith(line);
  return Boolean(line);
}

