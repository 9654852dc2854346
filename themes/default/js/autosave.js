// Sends a form as soon as something in it changes, and says how that went. The button keeps working.

const WAIT_MS = 400;

/** The statuses by which the server says that it has the answer, the second with something to say about it. After any
 * other it may not have it. */
const NO_CONTENT = 204;
const OK = 200;

/** The header that then says which version it is: the next answer replaces this one. */
const VERSION = "answer-version";

/** How long sending the whole form waits for a save under way, so that it knows what it replaces. */
const PATIENCE_MS = 3000;

export function autosave(form) {
  const { saving, saved, refused, failed } = document.body.dataset;
  const state = document.createElement("p");
  state.className = "save-state";
  state.setAttribute("role", "status");
  form.querySelector(".actions")?.before(state);

  let timer;
  let request = null;
  // Settled when the save under way has been answered, or not.
  let underWay = null;
  // Holds something that the server has not said to have; and changed while a request was on its way.
  let isDirty = false;
  let isDue = false;
  // What the server said about the answer that it has.
  let remark = null;
  // What was sent and never answered: the server may have it, and then it is no other window's.
  const unconfirmed = form.querySelector('input[name="unconfirmed"]') ?? form.appendChild(hidden("unconfirmed"));

  const say = (text, { isError = false, asks = false } = {}) => {
    state.textContent = text;
    state.classList.toggle("save-state--error", isError);
    state.classList.toggle("save-state--asks", asks);
  };

  /** Sends the form; what to say when the server may not have it. */
  async function send(signal) {
    const body = new URLSearchParams(new FormData(form));
    body.delete("unconfirmed");
    const sent = body.toString();
    if (unconfirmed.value) body.set("unconfirmed", unconfirmed.value);
    unconfirmed.value = sent;
    try {
      const answer = await fetch(form.action, {
        method: "POST",
        body,
        headers: { Accept: "application/json" },
        // The page may be left before the reply.
        keepalive: true,
        signal,
      });
      remark = null;
      const hasIt = answer.status === NO_CONTENT || answer.status === OK;
      const { detail = null, html = null } = answer.status === NO_CONTENT ? {} : await answer.json();
      if (answer.status === NO_CONTENT || (hasIt && detail)) {
        remark = detail;
        const version = answer.headers.get(VERSION);
        if (version) form.elements.version.value = version;
        unconfirmed.value = "";
        if (!isDirty) showAsked(form, html);
        return null;
      }
      if (answer.status < 500) unconfirmed.value = "";
      return detail ? `${refused} ${detail}` : failed;
    } catch {
      return failed;
    }
  }

  async function save() {
    clearTimeout(timer);
    // One at a time: an older answer must not arrive after a newer one.
    isDue = request !== null;
    if (isDue) return;
    isDirty = false;
    const current = new AbortController();
    request = current;
    say(saving);
    underWay = send(current.signal);
    const problem = await underWay;
    // Given up for a newer one, which has its own words.
    if (request !== current) return;
    request = null;
    underWay = null;
    if (problem) {
      isDirty = true;
      say(problem, { isError: true });
    } else {
      say(isDirty ? "" : (remark ?? saved), { asks: !isDirty && remark !== null });
      if (!isDirty) form.dispatchEvent(new CustomEvent("saved"));
    }
    if (isDue) save();
  }

  const stop = () => {
    clearTimeout(timer);
    request?.abort();
    request = null;
    underWay = null;
    isDue = false;
  };

  // “Saved” was said of what was there before. That something is not saved stays said until it is.
  const changed = () => {
    if (!isDirty) say("");
    isDirty = true;
  };

  // What is typed is sent when the field is left, so that half a number is not complained about; and then at
  // once, because leaving it may be the click on a button of another form.
  form.addEventListener("input", changed);
  form.addEventListener("change", ({ target }) => {
    changed();
    clearTimeout(timer);
    if (target.matches("textarea, input[type=text]")) save();
    else timer = setTimeout(save, WAIT_MS);
  });
  // Left at any moment, nothing is lost.
  addEventListener("pagehide", () => {
    if (!isDirty) return;
    stop();
    save();
  });
  // The form is about to be sent whole: nothing may overtake it, and what is under way is waited for, so that
  // it is not taken for another window's.
  let isWaiting = false;
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    isDue = false;
    if (isWaiting || !underWay) {
      stop();
      isDirty = false;
      return;
    }
    event.preventDefault();
    isWaiting = true;
    const patience = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS));
    Promise.race([underWay, patience]).then(() => {
      form.requestSubmit(event.submitter);
      isWaiting = false;
    });
  });
}

/** Shows the box as the server has it now, with what is asked about it, such as which of two numbers was meant; or
 * takes away what was asked. What has the focus keeps it. */
function showAsked(form, html) {
  const box = form.querySelector(".typed");
  if (!box) return;
  if (html === null) {
    const was = box.querySelector('input[name$="a.was"]')?.value ?? "";
    const isAnswered = box.querySelector(".typed__readings input:checked") && was.endsWith(`:${box.querySelector(".typed__input")?.value}`);
    if (!isAnswered) box.querySelector(".typed__readings")?.remove();
    box.querySelector(".typed__note")?.remove();
    box.querySelector(".typed__input")?.removeAttribute("aria-invalid");
    return;
  }
  const shown = new DOMParser().parseFromString(html, "text/html").querySelector(".typed");
  if (!shown) return;
  const focused = box.contains(document.activeElement) ? document.activeElement.id : null;
  box.replaceWith(shown);
  if (focused) document.getElementById(focused)?.focus();
}

function hidden(name) {
  const field = document.createElement("input");
  field.type = "hidden";
  field.name = name;
  return field;
}
