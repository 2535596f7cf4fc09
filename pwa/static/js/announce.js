// Says in words, to those who listen to the page, what has just happened on it.

const region = document.querySelector("[data-announce]");

/**
 * @param {string} words
 */
export function announce(words) {
  if (!region) return;
  region.textContent = "";
  // A region that says the same thing twice must change in between, or the second time is not heard.
  requestAnimationFrame(() => {
    region.textContent = words;
  });
}
