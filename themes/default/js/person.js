// What the browser keeps for the person who is signed in, under a name that only they have, until they sign out.

const person = document.body.dataset.person;

// Who may have to leave a page unseen does not want it remembered.
const leavesNoTrace = document.querySelector(".exit") !== null;

const key = (kind, name) => `${kind}:${person}:${name}`;

/** Whether there is somebody to keep something for. */
export const isKnown = Boolean(person) && !leavesNoTrace;

/** What was kept, or nothing: storage may be switched off, full, or hold what another version wrote. */
export function recall(kind, name) {
  try {
    return isKnown ? JSON.parse(localStorage.getItem(key(kind, name))) : null;
  } catch {
    return null;
  }
}

export function keep(kind, name, value) {
  try {
    if (isKnown) localStorage.setItem(key(kind, name), JSON.stringify(value));
  } catch {
    // Nothing is kept, as if there were no script.
  }
}

export function forget(kind, name) {
  try {
    if (isKnown) localStorage.removeItem(key(kind, name));
  } catch {
    // There is nothing then.
  }
}

/** Changes what is kept of a kind, for whomever: each becomes what `change` makes of it, or goes with nothing. */
export function everybody(kind, change) {
  try {
    for (const name of Object.keys(localStorage).filter((name) => name.startsWith(`${kind}:`))) {
      const value = change(JSON.parse(localStorage.getItem(name)));
      if (value) localStorage.setItem(name, JSON.stringify(value));
      else localStorage.removeItem(name);
    }
  } catch {
    // There is nothing then.
  }
}

/** Takes away everything that is kept for this person. */
export function forgetAll() {
  try {
    const own = Object.keys(localStorage).filter((name) => name.split(":")[1] === person);
    for (const name of own) localStorage.removeItem(name);
  } catch {
    // There is nothing then.
  }
}
