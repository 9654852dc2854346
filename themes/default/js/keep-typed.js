// Carries what is typed and not sent in a lesson with several questions: over a change of language, and over sending
// one of the questions, since a form can only be sent alone.

const KEY = "typed";

/** Says in which language a number was typed, and what: the same digits may be another number in another language. */
const WAS = "a.was";

/** The fields of a form that somebody fills in, as they are now. */
const typed = (form) =>
  [...form.elements].filter((field) => /^a(\.|$)/.test(field.name) && field.name !== WAS && !field.disabled);

const isChoice = (field) => ["radio", "checkbox"].includes(field.type);
const isNumber = (field) => field.inputMode === "decimal";

const values = (form) =>
  typed(form)
    .filter((field) => !isChoice(field) || field.checked)
    .map((field) => [field.name, field.value]);

/** The language in which the number stands that a form holds: the page's, unless it came from another. */
function language(form, number) {
  const was = form.elements[WAS]?.value ?? "";
  return was.slice(was.indexOf(":") + 1) === number ? was.slice(0, was.indexOf(":")) : document.documentElement.lang;
}

/** What a form holds, to be filled in again. */
export function content(form) {
  const number = typed(form).find(isNumber)?.value;
  const was = number ? `${language(form, number)}:${number}` : null;
  return { version: form.elements.version.value, values: values(form), was };
}

/** The lesson or the attempt, whatever the language, and also where one of its questions answers. */
export const place = (url) =>
  new URL(url, location.href).pathname.replace(/^\/[a-z]{2}\//, "/").replace(/\/(questions|answers)(\/.*)?$/, "");

/** Keeps what is typed in the forms of this page for the page that comes next. */
function keep(url, except = null) {
  const forms = {};
  for (const form of document.querySelectorAll("form[data-typed]")) {
    if (form !== except) forms[form.id] = content(form);
  }
  sessionStorage.setItem(KEY, JSON.stringify({ place: place(url), forms }));
}

/** Fills a form with what was typed before, once, and keeps it when another form of the page is sent. */
export function keepTyped(form) {
  form.addEventListener("input", () => (form.dataset.typed = "yes"));
  form.addEventListener("submit", () => keep(location.href, form));
  const own = take()?.forms?.[form.id];
  if (own && own.version === form.elements.version.value) fill(form, own);
}

/** Fills a form with what it held before. */
export function fill(form, own) {
  for (const field of typed(form)) {
    if (isChoice(field)) {
      field.checked = own.values.some(([name, value]) => name === field.name && value === field.value);
    } else {
      field.value = own.values.find(([name]) => name === field.name)?.[1] ?? "";
    }
  }
  if (own.was) {
    const was = form.elements[WAS] ?? form.appendChild(Object.assign(document.createElement("input"), { type: "hidden", name: WAS }));
    was.value = own.was;
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
  link.addEventListener("click", () => keep(link.href));
}
