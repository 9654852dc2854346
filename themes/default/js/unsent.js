// Keeps what a form held when it was sent, until a page says that the server has it. If the session had ended, or the form
// was too old, it is offered again where the form stands, to the same person.
import { offer } from "./offer.js";
import { everybody, forget, isKnown, keep, recall } from "./person.js";

const KIND = "form";

/** Names this tab: another one does not know whether a form of this one has arrived. */
function tab() {
  const known = sessionStorage.getItem("tab");
  if (known) return known;
  const made = String(Math.random()).slice(2);
  sessionStorage.setItem("tab", made);
  return made;
}

const address = (form) => new URL(form.getAttribute("action") || location.pathname, location.href).pathname.replace(/^\/[a-z]{2}\//, "/");

const fields = (form) => [...form.elements].filter((field) => field.name && !field.disabled && field.matches("textarea, select, input:not([type=hidden]):not([type=password]):not([type=file]):not([type=submit])"));

const isChoice = (field) => ["radio", "checkbox"].includes(field.type);

const values = (form) =>
  fields(form)
    .filter((field) => !isChoice(field) || field.checked)
    .map((field) => [field.name, field.value]);

/** Whether a form holds something that is worth keeping, and nothing that must not be kept. */
const isKept = (form) => form.method === "post" && !form.dataset.questionId && !form.querySelector("input[type=password]") && form.querySelector("textarea, input[type=text], input[type=search], input:not([type])");

function fill(form, kept) {
  for (const field of fields(form)) {
    if (isChoice(field)) field.checked = kept.some(([name, value]) => name === field.name && value === field.value);
    else field.value = kept.find(([name]) => name === field.name)?.[1] ?? field.value;
  }
}

/** Looks after all forms of the page. */
export function unsent() {
  const isRefused = !document.body.dataset.person || document.querySelector("[data-error]");
  // On the page for signing in, or of an error, this tab learns that what it sent is not on the server.
  everybody(KIND, (own) => {
    if (own.tab !== tab() || own.isOut) return own;
    return isRefused ? { ...own, isOut: true } : null;
  });
  if (!isKnown) return;
  for (const form of [...document.forms].filter(isKept)) {
    const name = address(form);
    const kept = recall(KIND, name);
    const drop = () => forget(KIND, name);
    const restore = () => {
      fill(form, kept.values);
      drop();
    };
    if (kept?.isOut && JSON.stringify(kept.values) !== JSON.stringify(values(form))) offer(form, null, restore, drop);
    else if (kept?.isOut) drop();
    form.addEventListener("submit", () => keep(KIND, name, { tab: tab(), values: values(form), isOut: false }));
  }
}
