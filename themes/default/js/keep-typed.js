// Carries what is typed and not sent over a change of language in a lesson with several questions. A form can
// only be sent alone; the server keeps what a question's own button sends.

const KEY = "typed";

/** The fields of a form that somebody fills in, as they are now. */
const typed = (form) =>
  [...form.elements].filter((field) => field.name.startsWith("a") && /^a(\.|$)/.test(field.name) && !field.disabled);

const values = (form) =>
  typed(form)
    .filter((field) => !["radio", "checkbox"].includes(field.type) || field.checked)
    .map((field) => [field.name, field.value]);

/** The page without its language, so that both languages of a lesson are one. */
const place = (url) => new URL(url, location.href).pathname.replace(/^\/[a-z]{2}\//, "/");

/** Fills a form with what was typed in the other language, once. */
export function keepTyped(form) {
  form.addEventListener("input", () => (form.dataset.typed = "yes"));
  form.addEventListener("submit", () => delete form.dataset.typed);
  const kept = take();
  const own = kept?.forms?.[form.id];
  if (!own || own.version !== form.elements.version.value) return;
  for (const field of typed(form)) {
    if (["radio", "checkbox"].includes(field.type)) {
      field.checked = own.values.some(([name, value]) => name === field.name && value === field.value);
    } else {
      field.value = own.values.find(([name]) => name === field.name)?.[1] ?? "";
    }
  }
  form.dataset.typed = "yes";
}

let taken;
function take() {
  if (taken === undefined) {
    const text = sessionStorage.getItem(KEY);
    sessionStorage.removeItem(KEY);
    const kept = text ? JSON.parse(text) : null;
    taken = kept?.place === place(location.href) ? kept : null;
  }
  return taken;
}

/** Makes the link to the other language lead there at once, with what is typed. */
export function carryTyped(link) {
  link.href = link.dataset.url;
  link.addEventListener("click", () => {
    const forms = {};
    for (const form of document.querySelectorAll("form[data-typed]")) {
      forms[form.id] = { version: form.elements.version.value, values: values(form) };
    }
    sessionStorage.setItem(KEY, JSON.stringify({ place: place(link.href), forms }));
  });
}
