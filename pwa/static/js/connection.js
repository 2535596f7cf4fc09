// A quiet line says when there is no network; what is saved can still be read.

export function watchConnection() {
  const line = document.querySelector("[data-offline-line]");
  if (!(line instanceof HTMLElement)) return;
  const show = () => {
    line.hidden = navigator.onLine;
  };
  addEventListener("online", show);
  addEventListener("offline", show);
  show();
}
