// A document's number stays in one line as long as the line can hold it (backend/pages/typesetting.py says the same).
// Without looking behind: older phones cannot.

const NUMBER = /(^|[^\p{L}\p{N}])(\d+\p{L}?(?:[-–/][\p{L}\p{N}]+)+)/gu;

/**
 * @param {string} text
 * @returns {string[]} the pieces of a text: words, number, words, number, … words
 */
export function pieces(text) {
  const found = [];
  let end = 0;
  for (const match of text.matchAll(NUMBER)) {
    const [, before = "", number = ""] = match;
    if (!/\p{L}/u.test(number)) continue;
    const start = (match.index ?? 0) + before.length;
    found.push(text.slice(end, start), number);
    end = start + number.length;
  }
  return [...found, text.slice(end)];
}
