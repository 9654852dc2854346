// Keeps what is typed into a question and not on the server yet, so that a session that ends or a connection that breaks
// loses nothing: it is offered again on the same page, to the same person.
import { content, fill, place } from "./keep-typed.js";
import { forget, isKnown, keep, recall } from "./person.js";

const KIND = "draft";

export function draft(form) {
  if (!isKnown) return;
  const name = `${place(location.href)}#${form.dataset.questionId}`;
  const same = (own) => JSON.stringify(own.values) === JSON.stringify(content(form).values);
  const kept = recall(KIND, name);
  if (kept) {
    const isSaved = kept.version !== form.elements.version.value;
    // What is shown again because it was refused is not saved either.
    if (isSaved || (same(kept) && !form.querySelector(".field__error"))) forget(KIND, name);
    else if (!same(kept)) offer(form, kept, name);
  }
  form.addEventListener("input", () => keep(KIND, name, content(form)));
  form.addEventListener("saved", () => forget(KIND, name));
}

/** Says that something was kept, and lets the person decide. */
function offer(form, kept, name) {
  const { draft, draftRestore, draftDrop } = document.body.dataset;
  const box = document.createElement("div");
  box.className = "draft";
  box.setAttribute("role", "status");
  const text = Object.assign(document.createElement("p"), { textContent: draft });
  const button = (label, act) => {
    const element = Object.assign(document.createElement("button"), { type: "button", className: "button-link", textContent: label });
    element.addEventListener("click", () => {
      box.remove();
      act();
    });
    return element;
  };
  box.append(
    text,
    button(draftRestore, () => {
      fill(form, kept);
      form.querySelector("textarea, select, input:not([type=hidden])")?.focus();
      // What saves by itself saves it now.
      for (const type of ["input", "change"]) form.querySelector("textarea, select, input:not([type=hidden])")?.dispatchEvent(new Event(type, { bubbles: true }));
    }),
    button(draftDrop, () => forget(KIND, name)),
  );
  // Until it is decided, nothing typed anew takes its place unseen.
  form.addEventListener("input", () => box.remove(), { once: true });
  (form.querySelector(".question__legend") ?? form.firstElementChild).after(box);
}
