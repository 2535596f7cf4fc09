// Text size and page colour change at once, without the page being loaded again.

const YEAR_S = 365 * 24 * 3600;
const HUGE_REMS = 15;
const PAPER = { light: "#fdfbf7", dark: "#141416" };

export function followPreferences() {
  const form = document.querySelector("[data-preferences]");
  if (!(form instanceof HTMLFormElement)) return;
  for (const needless of form.querySelectorAll("[data-without-script]")) needless.setAttribute("hidden", "");
  for (const input of form.querySelectorAll("input")) {
    // A page taken from the store may have been drawn before the last choice was made.
    if (input.type === "radio" && chosen(input.name) === input.value) input.checked = true;
  }
  for (const name of ["theme", "text"]) {
    const value = chosen(name);
    if (value) apply(name, value);
  }
  noticeHugeLetters();
  form.addEventListener("change", (event) => {
    const input = event.target;
    if (input instanceof HTMLInputElement && input.type === "radio") {
      keep(input.name, input.value);
      apply(input.name, input.value);
    }
  });
}

/**
 * @param {string} name
 * @param {string} value
 */
function apply(name, value) {
  document.documentElement.dataset[name] = value;
  if (name === "theme") tint(value);
}

/** Whether a line holds so few letters that bars standing over the text would leave no room for it. */
function noticeHugeLetters() {
  const bar = document.querySelector(".bar");
  if (!bar || typeof ResizeObserver !== "function") return;
  const look = () => {
    const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
    document.documentElement.classList.toggle("huge", innerWidth / rem < HUGE_REMS);
  };
  new ResizeObserver(look).observe(bar);
}

/**
 * The browser's own edge takes the colour of the page.
 * @param {string} theme
 */
function tint(theme) {
  for (const meta of document.querySelectorAll('meta[name="theme-color"]')) {
    const isDark = theme === "dark" || (theme === "auto" && (meta.getAttribute("media") ?? "").includes("dark"));
    meta.setAttribute("content", isDark ? PAPER.dark : PAPER.light);
  }
}

/**
 * @param {string} name
 * @param {string} value
 */
function keep(name, value) {
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `${name}=${value}; Path=/; Max-Age=${YEAR_S}; SameSite=Lax${secure}`;
}

/**
 * @param {string} name
 * @returns {string | undefined}
 */
function chosen(name) {
  const pair = document.cookie.split("; ").find((each) => each.startsWith(`${name}=`));
  return pair?.slice(name.length + 1);
}
