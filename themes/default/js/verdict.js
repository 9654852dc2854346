// What is said of an answer, and of what was just done, takes the focus, so that it is read out and one goes on from there.

/** Whether the browser was led to a place in the page, or something else has the focus already. */
const isElsewhere = () =>
  Boolean(location.hash && document.getElementById(location.hash.slice(1))) || (document.activeElement && document.activeElement !== document.body);

export function verdict(box) {
  if (location.hash === `#${box.id}`) box.focus({ preventScroll: true });
}

export function flash(box) {
  if (!isElsewhere() && !document.querySelector(".error-summary")) box.focus({ preventScroll: true });
}
