// Remembers how far somebody has read in a lesson, in their browser only, and goes on from there the next time.
import { place } from "./keep-typed.js";
import { forget, isKnown, keep, recall } from "./person.js";

const KIND = "place";
const WAIT_MS = 300;

/** How far down the window a heading may be to count as reached. */
const REACHED = 0.4;

export function rememberPlace(prose) {
  if (!isKnown) return;
  const name = place(location.href);
  const marks = [...prose.querySelectorAll(":scope > h2[id], :scope > h3[id], :scope > form.question[id]")];
  const isFresh = !location.hash && performance.getEntriesByType("navigation")[0]?.type === "navigate" && !document.querySelector(".error-summary");
  const target = isFresh ? document.getElementById(recall(KIND, name) ?? "") : null;
  if (target && marks.includes(target)) goOn(target, prose.dataset);

  let timer;
  const note = () => {
    const reached = marks.filter((mark) => mark.getBoundingClientRect().top < innerHeight * REACHED).at(-1);
    if (reached) keep(KIND, name, reached.id);
    else forget(KIND, name);
  };
  addEventListener("scroll", () => {
    clearTimeout(timer);
    timer = setTimeout(note, WAIT_MS);
  }, { passive: true });
  document.getElementById("lesson-done")?.addEventListener("submit", () => {
    clearTimeout(timer);
    forget(KIND, name);
  });
}

function goOn(target, { resumed, top }) {
  const box = document.createElement("div");
  box.className = "resumed";
  box.tabIndex = -1;
  const text = Object.assign(document.createElement("span"), { textContent: resumed });
  const link = Object.assign(document.createElement("a"), { href: "#main", textContent: top });
  link.addEventListener("click", () => box.remove());
  box.lang = document.documentElement.lang;
  box.append(text, link);
  // A heading right above a question stays in sight with it.
  const above = target.previousElementSibling;
  (above?.matches("h2, h3") ? above : target).before(box);
  box.focus({ preventScroll: true });
  box.scrollIntoView({ block: "start", behavior: "instant" });
}
