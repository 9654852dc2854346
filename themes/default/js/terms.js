// Shows what a term means where it stands. Without scripts, and where the browser has no popovers, the link leads to the
// list of terms.

export function terms(prose) {
  if (!("popover" in HTMLElement.prototype)) return;
  prose.addEventListener("click", (event) => {
    const link = event.target.closest("a.term[href^='#']");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const entry = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    const meaning = entry?.querySelector("dd");
    if (!meaning) return;
    event.preventDefault();
    open(link, entry, meaning, prose.dataset.close);
  });
}

function open(link, entry, meaning, close) {
  const note = document.createElement("span");
  note.className = "term-note";
  note.popover = "auto";
  note.tabIndex = -1;
  note.setAttribute("role", "dialog");
  const title = Object.assign(document.createElement("strong"), { className: "term-note__title", textContent: entry.querySelector("dt").textContent });
  title.id = `${entry.id}-note`;
  note.setAttribute("aria-labelledby", title.id);
  if (entry.lang) note.lang = entry.lang;
  const text = document.createElement("span");
  for (const node of meaning.cloneNode(true).childNodes) text.append(node.cloneNode(true));
  text.querySelectorAll(".term-back").forEach((back) => back.remove());
  text.querySelectorAll("[id]").forEach((element) => element.removeAttribute("id"));
  const button = Object.assign(document.createElement("button"), { type: "button", className: "button-link term-note__close", textContent: close });
  button.lang = document.documentElement.lang;
  button.addEventListener("click", () => note.hidePopover());
  note.append(title, text, button);
  // Closed by the key, by a click beside it, or by its button, it gives the focus back.
  note.addEventListener("toggle", ({ newState }) => {
    if (newState !== "closed") return;
    const hadFocus = note.contains(document.activeElement) || document.activeElement === document.body;
    note.remove();
    if (hadFocus) link.focus();
  });
  link.after(note);
  note.showPopover({ source: link });
  note.focus();
}
