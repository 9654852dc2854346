// The summary takes the focus, and its links go to the control and not to the text above it.

/** Where a link of the summary leads: the control itself, or the first one in a group. */
function controlOf(id) {
  const target = document.getElementById(id);
  if (!target || target.matches("input, select, textarea, button")) return target;
  return target.querySelector("input:not([type=hidden]), select, textarea") ?? target;
}

/** What a control is called: the part of the form that it is in, where that has several alike, and its label. */
function nameOf(link) {
  const control = controlOf(link.hash.slice(1));
  const own = control?.labels?.[0]?.textContent.trim();
  const part = control?.closest("fieldset:not(.field)")?.querySelector("legend")?.textContent.trim();
  return [part, own].filter(Boolean).join(", ");
}

/** The same words about several controls say of which each is. */
function tellApart(links) {
  const count = (text) => links.filter(([, other]) => other === text).length;
  for (const [link, text] of links) {
    const name = count(text) > 1 && nameOf(link);
    if (name) link.textContent = `${name}: ${text}`;
  }
}

export function focusErrorSummary(summary) {
  tellApart([...summary.querySelectorAll("a[href^='#']")].map((link) => [link, link.textContent]));
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
