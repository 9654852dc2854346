// Sends a form as soon as something in it changes, and says how that went. The button keeps working.

const WAIT_MS = 400;

/** The statuses by which the server says that it has the answer, the second with something to say about it. After any
 * other it may not have it. */
const NO_CONTENT = 204;
const OK = 200;

export function autosave(form) {
  const { saving, saved, refused, failed } = document.body.dataset;
  const state = document.createElement("p");
  state.className = "save-state";
  state.setAttribute("role", "status");
  form.querySelector(".actions")?.before(state);

  let timer;
  let request = null;
  // Holds something that the server has not said to have; and changed while a request was on its way.
  let isDirty = false;
  let isDue = false;
  // What the server said about the answer that it has.
  let remark = null;

  const say = (text, isError = false) => {
    state.textContent = text;
    state.classList.toggle("save-state--error", isError);
  };

  /** Sends the form; what to say when the server may not have it. */
  async function send(signal) {
    try {
      const answer = await fetch(form.action, {
        method: "POST",
        body: new URLSearchParams(new FormData(form)),
        headers: { Accept: "application/json" },
        // The page may be left before the reply.
        keepalive: true,
        signal,
      });
      remark = null;
      if (answer.status === NO_CONTENT) return null;
      const { detail } = await answer.json();
      if (answer.status === OK && detail) {
        remark = detail;
        return null;
      }
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
    const problem = await send(current.signal);
    // Given up for a newer one, which has its own words.
    if (request !== current) return;
    request = null;
    if (problem) {
      isDirty = true;
      say(problem, true);
    } else {
      say(isDirty ? "" : (remark ?? saved));
    }
    if (isDue) save();
  }

  const stop = () => {
    clearTimeout(timer);
    request?.abort();
    request = null;
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
  // The form is about to be sent whole: nothing may overtake it.
  form.addEventListener("submit", () => {
    stop();
    isDirty = false;
  });
}
