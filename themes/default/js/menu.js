// A menu of the header is a `details` element, which opens and closes by itself. With scripts it also closes by
// Escape, by a click beside it, and when the focus leaves it.

export function menu(details) {
  const summary = details.querySelector("summary");
  const close = () => (details.open = false);
  details.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !details.open) return;
    close();
    summary.focus();
  });
  details.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !details.contains(event.relatedTarget)) close();
  });
  document.addEventListener("click", (event) => {
    if (!details.contains(event.target)) close();
  });
}
