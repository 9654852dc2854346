// The summary takes the focus, and its links go to the control and not to the text above it.

/** Where a link of the summary leads: the control itself, or the first one in a group. */
function controlOf(id) {
  const target = document.getElementById(id);
  if (!target || target.matches("input, select, textarea, button")) return target;
  return target.querySelector("input:not([type=hidden]), select, textarea") ?? target;
}

export function focusErrorSummary(summary) {
  summary.focus();
  summary.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    const control = link && controlOf(link.hash.slice(1));
    if (!control) return;
    event.preventDefault();
    const above = control.closest("fieldset, .field") ?? control;
    above.scrollIntoView();
    control.focus({ preventScroll: true });
  });
}
