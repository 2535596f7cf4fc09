// Sends what was written without a network, by the ids that were made here: to send twice does the same once.

import { drop, keep, unsent } from "./unsent.js";

const PATIENCE_MS = 15_000;
/** What the server says no to for good; anything else may be tried again. */
const REFUSALS = [400, 404, 409, 413, 422];

/**
 * `wait`: so much was sent lately that the server takes it only in some minutes; `busy`: it cannot take it just now.
 * @typedef {"sent" | "refused" | "signed-out" | "wait" | "busy" | "later"} Outcome
 */

/** @type {Promise<void> | null} */
let going = null;

/** Sends all that waits, one page at a time; sends the event `outbox` on window when something changed. */
export function sendUnsent() {
  going ??= alone(all).finally(() => {
    going = null;
  });
  return going;
}

/**
 * @param {import("./unsent.js").Unsent} comment
 * @returns {Promise<{ outcome: Outcome, why: string }>}
 */
export async function send(comment) {
  try {
    const answer = await fetch(`/api/comments/${comment.id}`, {
      method: "PUT",
      body: JSON.stringify(comment.body),
      headers: { "Content-Type": "application/json" },
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    if (answer.ok) return { outcome: "sent", why: "" };
    if (answer.status === 401) return { outcome: "signed-out", why: "" };
    const why = reasonIn(await answer.json());
    if (answer.status === 429) return { outcome: "wait", why };
    return { outcome: REFUSALS.includes(answer.status) ? "refused" : "busy", why };
  } catch {
    return { outcome: "later", why: "" };
  }
}

/** @param {() => Promise<void>} work */
async function alone(work) {
  await (navigator.locks ? navigator.locks.request("outbox", work) : work());
}

async function all() {
  let changed = false;
  try {
    for (const comment of await unsent()) {
      if (comment.why || !navigator.onLine) continue;
      const { outcome, why } = await send(comment);
      if (outcome === "sent") await drop(comment.id);
      else if (outcome === "refused") await keep({ id: comment.id, body: comment.body, why });
      else break;
      changed = true;
    }
  } catch {
    return; // nothing can be kept on this phone, so nothing waits
  }
  if (changed) dispatchEvent(new CustomEvent("outbox"));
}

/** @param {{ detail?: string, errors?: { detail: string }[] }} problem */
function reasonIn(problem) {
  return problem.errors?.[0]?.detail ?? problem.detail ?? "";
}
