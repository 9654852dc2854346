// Keeps what is typed into a question and not on the server yet, so that a session that ends or a connection that breaks
// loses nothing: it is offered again on the same page, to the same person.
import { content, fill, place } from "./keep-typed.js";
import { offer } from "./offer.js";
import { forget, isKnown, keep, recall } from "./person.js";

const KIND = "draft";

/** The values, as they are compared: the server does not keep the space around a text. */
const plain = (values) => JSON.stringify(values.map(([name, value]) => [name, value.replace(/\s+/g, " ").trim()]));

export function draft(form) {
  if (!isKnown) return;
  const name = `${place(location.href)}#${form.dataset.questionId}`;
  const kept = recall(KIND, name);
  let box = null;
  if (kept) {
    const isSame = plain(kept.values) === plain(content(form).values);
    const isNewer = kept.version !== form.elements.version.value;
    // What was sent, and the answer is another one now, is on the server. What was not sent may be another device's work.
    if ((isNewer && kept.isSent) || (isSame && !form.querySelector(".field__error"))) forget(KIND, name);
    else if (!isSame) box = offer(form, form.querySelector(".question__legend"), () => restore(form, kept), () => forget(KIND, name));
  }
  const note = (isSent) => keep(KIND, name, { ...content(form), isSent });
  let isTouched = false;
  form.addEventListener("input", () => {
    isTouched = true;
    box?.remove();
    note(false);
  });
  form.addEventListener("submit", () => isTouched && note(true));
  form.addEventListener("saved", () => forget(KIND, name));
}

/** Takes away what is kept of an answer that is being deleted. */
export function forgetDraft(form) {
  form.addEventListener("submit", () => forget(KIND, `${place(location.href)}#${form.dataset.questionId}`));
}

function restore(form, kept) {
  fill(form, kept);
  // What saves by itself saves it now.
  const field = form.querySelector("textarea, select, input:not([type=hidden])");
  for (const type of ["input", "change"]) field?.dispatchEvent(new Event(type, { bubbles: true }));
}
