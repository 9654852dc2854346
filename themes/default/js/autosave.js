// Sends a form as soon as something in it changes, and says how that went. The button keeps working.

const WAIT_MS = 400;

export function autosave(form) {
  const { saving, saved, notSaved } = document.body.dataset;
  const state = document.createElement("p");
  state.className = "save-state";
  state.setAttribute("role", "status");
  form.querySelector(".actions")?.before(state);

  let timer;
  let request;

  const say = (text, failed = false) => {
    state.textContent = text;
    state.classList.toggle("save-state--error", failed);
  };

  async function save() {
    request?.abort();
    request = new AbortController();
    say(saving);
    try {
      const answer = await fetch(form.action, {
        method: "POST",
        body: new URLSearchParams(new FormData(form)),
        headers: { Accept: "application/json" },
        signal: request.signal,
      });
      if (answer.ok) {
        say(saved);
      } else {
        const problem = await answer.json().catch(() => ({}));
        say(problem.detail ?? notSaved, true);
      }
    } catch (error) {
      if (error.name !== "AbortError") say(notSaved, true);
    }
  }

  form.addEventListener("change", () => {
    clearTimeout(timer);
    timer = setTimeout(save, WAIT_MS);
  });
  // The form is about to be sent whole: nothing may overtake it.
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    request?.abort();
  });
}
