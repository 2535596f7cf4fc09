// Passkeys: the phone makes a key or shows one; only what is public leaves it.

/**
 * @typedef {object} Asked
 * @property {string} challenge
 * @property {any} options
 */

offerPasskeys();

function offerPasskeys() {
  if (!("PublicKeyCredential" in globalThis)) return;
  for (const place of document.querySelectorAll("[data-passkey]")) {
    const button = place.querySelector("[data-passkey-act]");
    if (!(place instanceof HTMLElement) || !(button instanceof HTMLButtonElement)) continue;
    place.hidden = false;
    button.addEventListener("click", () => void attempt(place, button));
  }
}

/**
 * @param {HTMLElement} place
 * @param {HTMLButtonElement} button
 */
async function attempt(place, button) {
  tell(place, "");
  button.setAttribute("aria-disabled", "true");
  try {
    const next = place.dataset.passkey === "add" ? await add(place) : await signIn(place);
    // Pages drawn for whoever used this phone before must not come back.
    location.assign(next);
  } catch (error) {
    tell(place, error instanceof Refused ? error.message : (place.dataset.failed ?? ""));
  } finally {
    button.removeAttribute("aria-disabled");
  }
}

/** What the server said no to, in its own words. */
class Refused extends Error {}

/**
 * @param {HTMLElement} place
 * @returns {Promise<string>}
 */
async function add(place) {
  const asked = await ask("/account/passkeys/options", {});
  const made = await navigator.credentials.create({ publicKey: creationOptions(asked.options) });
  const told = await ask("/account/passkeys", {
    challenge: asked.challenge,
    answer: plain(made),
    next: place.dataset.next ?? "",
  });
  return told.next;
}

/**
 * @param {HTMLElement} place
 * @returns {Promise<string>}
 */
async function signIn(place) {
  const login = document.getElementById("login");
  const typed = login instanceof HTMLInputElement ? login.value.trim() : "";
  const asked = await ask("/account/sign-in/options", { login: typed });
  const shown = await navigator.credentials.get({ publicKey: requestOptions(asked.options) });
  const told = await ask("/account/sign-in/passkey", {
    challenge: asked.challenge,
    answer: plain(shown),
    next: place.dataset.next ?? "",
  });
  return told.next;
}

/**
 * @param {string} path
 * @param {object} content
 * @returns {Promise<any>}
 */
async function ask(path, content) {
  const response = await fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(content),
  });
  const told = await response.json();
  if (!response.ok) throw new Refused(told.words ?? "");
  return told;
}

/**
 * @param {any} options
 * @returns {PublicKeyCredentialCreationOptions}
 */
function creationOptions(options) {
  return {
    ...options,
    challenge: bytes(options.challenge),
    user: { ...options.user, id: bytes(options.user.id) },
    excludeCredentials: (options.excludeCredentials ?? []).map(known),
  };
}

/**
 * @param {any} options
 * @returns {PublicKeyCredentialRequestOptions}
 */
function requestOptions(options) {
  return { ...options, challenge: bytes(options.challenge), allowCredentials: (options.allowCredentials ?? []).map(known) };
}

/**
 * @param {any} credential
 */
function known(credential) {
  return { ...credential, id: bytes(credential.id) };
}

/**
 * A credential as JSON; written out by hand because many phones do not know `toJSON`.
 * @param {Credential | null} credential
 */
function plain(credential) {
  if (!(credential instanceof PublicKeyCredential)) throw new TypeError("no credential");
  /** @type {any} */
  const answer = credential.response;
  /** @type {Record<string, any>} */
  const response = { clientDataJSON: text(answer.clientDataJSON) };
  for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (answer[name]) response[name] = text(answer[name]);
  }
  if (typeof answer.getTransports === "function") response.transports = answer.getTransports();
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    response,
    clientExtensionResults: credential.getClientExtensionResults(),
    authenticatorAttachment: credential.authenticatorAttachment ?? undefined,
  };
}

/**
 * @param {string} encoded base64url
 * @returns {Uint8Array<ArrayBuffer>}
 */
function bytes(encoded) {
  const binary = atob(encoded.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (sign) => sign.charCodeAt(0));
}

/**
 * @param {ArrayBuffer} buffer
 * @returns {string} base64url
 */
function text(buffer) {
  const binary = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join("");
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/**
 * @param {HTMLElement} place
 * @param {string} words
 */
function tell(place, words) {
  const line = place.querySelector("[data-passkey-words]");
  if (line) line.textContent = words;
}
