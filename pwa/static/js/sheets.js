// Sheets open and close by themselves (popover); scripts only tidy: shut after a choice, show the current line.

export function tidySheets() {
  for (const sheet of document.querySelectorAll("[popover]")) {
    if (!(sheet instanceof HTMLElement) || typeof sheet.hidePopover !== "function") continue;
    sheet.addEventListener("click", (event) => {
      if (event.target instanceof Element && event.target.closest('a[href^="#"]') && isOpen(sheet)) sheet.hidePopover();
    });
    sheet.addEventListener("toggle", () => {
      if (isOpen(sheet)) showCurrent(sheet);
    });
  }
}

/**
 * @param {HTMLElement} sheet
 */
function isOpen(sheet) {
  return sheet.matches(":popover-open");
}

/**
 * Brings the marked line of a list into sight, without moving the page behind.
 * @param {HTMLElement} sheet
 */
export function showCurrent(sheet) {
  const line = sheet.querySelector("[aria-current]");
  if (!(line instanceof HTMLElement)) return;
  const top = line.getBoundingClientRect().top - sheet.getBoundingClientRect().top;
  if (top < 60 || top > sheet.clientHeight - 60) sheet.scrollTop += top - sheet.clientHeight / 3;
}
