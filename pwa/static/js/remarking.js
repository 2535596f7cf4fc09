// Remarks on several parts: each press sets one aside and makes room for the next. Without this one goes with each return.

export {};

for (const group of document.querySelectorAll("[data-remarks]")) {
  const button = group.querySelector("[data-remark-add]");
  if (!(button instanceof HTMLButtonElement)) continue;
  button.hidden = false;
  button.addEventListener("click", () => keep(group));
}

/** @param {Element} group */
function keep(group) {
  const part = group.querySelector("#remark_part");
  const words = group.querySelector("#remark_words");
  if (!(part instanceof HTMLSelectElement) || !(words instanceof HTMLTextAreaElement) || !words.value.trim()) return;
  const field = document.createElement("div");
  const label = document.createElement("label");
  const kept = document.createElement("textarea");
  field.className = "field";
  kept.name = `remark-${part.value}`;
  kept.id = kept.name;
  kept.value = words.value;
  kept.rows = 2;
  label.htmlFor = kept.id;
  label.lang = "vi";
  label.textContent = part.selectedOptions[0]?.textContent ?? "";
  field.append(label, kept);
  document.getElementById(kept.id)?.parentElement?.remove();
  group.querySelector(".pairs")?.before(field);
  words.value = "";
  words.focus();
}
