// Leaves a page that it can be dangerous to be seen with: at once, and without a way back in this tab's history. By the
// button, or by pressing Shift three times within five seconds. Without scripts the button is a link.
const WITHIN_MS = 5000;

export function exitPage(button) {
  const leave = () => {
    // The page goes away before the other one has come.
    document.documentElement.classList.add("is-left");
    document.title = new URL(button.href).hostname;
    location.replace(button.href);
  };
  button.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });

  const status = document.createElement("span");
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  const hint = document.createElement("span");
  hint.className = "visually-hidden";
  hint.textContent = ` ${button.dataset.keys}`;
  button.append(hint);
  button.after(status);

  let pressed = 0;
  let timer;
  const forget = () => {
    pressed = 0;
    status.textContent = "";
  };
  // A Shift that is held for a capital letter, or a click, is none.
  let alone = false;
  document.addEventListener("keydown", (event) => {
    if (event.key === "Shift") alone = !event.repeat && !event.ctrlKey && !event.altKey && !event.metaKey;
    else {
      alone = false;
      forget();
    }
  });
  document.addEventListener("pointerdown", () => {
    alone = false;
  });
  document.addEventListener("keyup", (event) => {
    if (event.key !== "Shift" || !alone) return;
    alone = false;
    pressed += 1;
    clearTimeout(timer);
    timer = setTimeout(forget, WITHIN_MS);
    if (pressed >= 3) leave();
    else status.textContent = pressed === 1 ? button.dataset.leftTwo : button.dataset.leftOne;
  });
}
