// Offers what was typed and never reached the server: the person decides whether it is put in again.

/** Says in the form, after `mark` or on top, that something was kept; one of the two is called. */
export function offer(form, mark, restore, drop) {
  const { draft, draftRestore, draftDrop } = document.body.dataset;
  const box = document.createElement("div");
  box.className = "draft";
  box.lang = document.documentElement.lang;
  box.setAttribute("role", "status");
  const button = (label, act) => {
    const element = Object.assign(document.createElement("button"), { type: "button", className: "button-link", textContent: label });
    element.addEventListener("click", () => {
      box.remove();
      act();
      form.querySelector("textarea, select, input:not([type=hidden])")?.focus();
    });
    return element;
  };
  box.append(Object.assign(document.createElement("p"), { textContent: draft }), button(draftRestore, restore), button(draftDrop, drop));
  if (mark) mark.after(box);
  else form.prepend(box);
  pointTo(box);
  return box;
}

/** Says on top of the page that something was kept further down, and leads there; once, to the first place. */
function pointTo(box) {
  if (document.querySelector(".draft-notice") || box.getBoundingClientRect().top + scrollY < innerHeight) return;
  const { draft, draftPlace } = document.body.dataset;
  const notice = Object.assign(document.createElement("div"), { className: "flash draft-notice", lang: document.documentElement.lang, tabIndex: -1 });
  notice.setAttribute("role", "status");
  const link = Object.assign(document.createElement("button"), { type: "button", className: "button-link", textContent: draftPlace });
  link.addEventListener("click", () => {
    notice.parentElement.remove();
    box.scrollIntoView({ block: "center" });
    box.querySelector("button").focus({ preventScroll: true });
  });
  notice.append(Object.assign(document.createElement("p"), { textContent: draft }), link);
  const wrap = Object.assign(document.createElement("div"), { className: "wrap" });
  wrap.append(notice);
  document.querySelector("main").prepend(wrap);
  new MutationObserver((_, observer) => {
    if (box.isConnected) return;
    observer.disconnect();
    wrap.remove();
  }).observe(box.parentElement, { childList: true });
  if (document.activeElement === document.body && !location.hash) notice.focus({ preventScroll: true });
}
