// Says calmly how much time is left for a test, announces the last five minutes and the last one, and hands in when there
// is none. The server says how long that is; from then on the browser's clock counts, whatever time it shows.

const MINUTE_MS = 60_000;
const TICK_MS = 1000;

export function timeLeft(box) {
  const { seconds, attempt, action, csrf, left, last, five, one, over } = box.dataset;
  const end = Date.now() + Number(seconds) * 1000;
  const shown = box.appendChild(Object.assign(document.createElement("p"), { className: "attempt-time__left" }));
  const spoken = box.appendChild(Object.assign(document.createElement("p"), { className: "visually-hidden" }));
  spoken.setAttribute("role", "status");

  // Each is said once in an attempt, whichever of its pages is open.
  const key = `said:${attempt}`;
  const say = (minutes, words) => {
    const said = Number(sessionStorage.getItem(key) ?? Infinity);
    if (said <= minutes) return;
    sessionStorage.setItem(key, String(minutes));
    spoken.textContent = words;
  };

  let isOver = false;
  const tick = () => {
    const rest = end - Date.now();
    const minutes = Math.ceil(rest / MINUTE_MS);
    const words = rest <= 0 ? over : minutes > 1 ? left.replace("#", String(minutes)) : last;
    if (shown.textContent !== words) shown.textContent = words;
    if (rest <= 0) {
      clearInterval(timer);
      if (isOver) return;
      isOver = true;
      spoken.textContent = over;
      // A page that was opened too late has nothing to save.
      handIn(Number(seconds) > 0 ? document.querySelector("form.question--test") : null, action, csrf);
    } else if (rest <= MINUTE_MS) say(1, one);
    else if (rest <= 5 * MINUTE_MS) say(5, five);
  };
  const timer = setInterval(tick, TICK_MS);
  document.addEventListener("visibilitychange", tick);
  tick();
}

/** Sends what is answered and leads to handing in; the page there, whose time is over, hands in at once. */
function handIn(question, action, csrf) {
  const field = (name, value) => Object.assign(document.createElement("input"), { type: "hidden", name, value });
  if (question) {
    question.append(field("go", "finish"));
    question.requestSubmit();
    return;
  }
  const form = Object.assign(document.createElement("form"), { method: "post", action, hidden: true });
  form.append(field("csrf", csrf), field("when", "over"));
  document.body.append(form);
  form.submit();
}
