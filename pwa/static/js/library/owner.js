// For whom an answer of the server is: what is kept on the phone belongs to one reader.

/** The header in which the server names for whom an answer is, and the name of those who have not signed in. */
export const OWNER = "sotay-library-owner";
export const VISITOR = "visitor";

/** Whether the phone asks for as few bytes as can be. */
export function isSparing() {
  return Boolean(/** @type {{ connection?: { saveData?: boolean } }} */ (navigator).connection?.saveData);
}
