// Sends a form as soon as something in it changes, and says how that went. The button keeps working.

const WAIT_MS = 400;

export function autosave(form) {
  const { saving, saved, notSaved } = document.body.dataset;
  const state = document.createElement("p");
  state.className = "save-state";
  state.setAttribute("role", "status");
  form.querySelector(".actions")?.before(state);

  let timer;
  let request = null;
  // Touched since it was last sent; and changed while a request was on its way.
  let isDirty = false;
  let isDue = false;

  const say = (text, failed = false) => {
    state.textContent = text;
    state.classList.toggle("save-state--error", failed);
  };

  async function save() {
    clearTimeout(timer);
    // One at a time: an older answer must not arrive after a newer one.
    isDue = request !== null;
    if (isDue) return;
    isDirty = false;
    const current = new AbortController();
    request = current;
    say(saving);
    try {
      const answer = await fetch(form.action, {
        method: "POST",
        body: new URLSearchParams(new FormData(form)),
        headers: { Accept: "application/json" },
        // The page may be left before the reply.
        keepalive: true,
        signal: current.signal,
      });
      if (answer.ok) {
        say(saved);
      } else {
        const problem = await answer.json().catch(() => ({}));
        say(problem.detail ?? notSaved, true);
      }
    } catch (error) {
      if (error.name !== "AbortError") {
        isDirty = true;
        say(notSaved, true);
      }
    }
    if (request !== current) return;
    request = null;
    if (isDue) save();
  }

  const stop = () => {
    clearTimeout(timer);
    request?.abort();
    request = null;
    isDue = false;
  };

  // What is typed is sent when the field is left, so that half a number is not complained about; and then at
  // once, because leaving it may be the click on a button of another form.
  form.addEventListener("input", () => {
    isDirty = true;
  });
  form.addEventListener("change", ({ target }) => {
    isDirty = true;
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
