// Offers what was typed and never reached the server: the person decides whether it is put in again.

/** Says in the form, after `mark` or on top, that something was kept; one of the two is called. */
export function offer(form, mark, restore, drop) {
  const { draft, draftRestore, draftDrop } = document.body.dataset;
  const box = document.createElement("div");
  box.className = "draft";
  box.lang = document.documentElement.lang;
  box.setAttribute("role", "status");
  const button = (label, act) => {
    const element = Object.assign(document.createElement("button"), { type: "button", className: "button-link", textContent: label });
    element.addEventListener("click", () => {
      box.remove();
      act();
      form.querySelector("textarea, select, input:not([type=hidden])")?.focus();
    });
    return element;
  };
  box.append(Object.assign(document.createElement("p"), { textContent: draft }), button(draftRestore, restore), button(draftDrop, drop));
  if (mark) mark.after(box);
  else form.prepend(box);
  return box;
}
