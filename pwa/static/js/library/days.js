// Days as in Vietnam, written yyyy-mm-dd inside and dd/mm/yyyy on the screen.

const ZONE = "Asia/Ho_Chi_Minh";

/** @param {number} at milliseconds */
export function today(at = Date.now()) {
  return new Intl.DateTimeFormat("en-CA", { timeZone: ZONE, dateStyle: "short" }).format(at);
}

/** @param {string | null} day */
export function shown(day) {
  return day ? day.split("-").reverse().join("/") : "";
}

/** @param {string} day */
export function dayAfter(day) {
  return new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
}

/** @param {number} at milliseconds */
export function moment(at) {
  const parts = new Intl.DateTimeFormat("en-GB", { timeZone: ZONE, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  return `${parts.format(at)}, ${shown(today(at))}`;
}

/**
 * Whether what is in force between these days, both included, is so on `day`.
 * @param {string} day
 * @param {string | null} from
 * @param {string | null} until
 */
export function standingOn(day, from, until) {
  if (from && from > day) return "not-yet";
  return until && until < day ? "ended" : "in-force";
}
