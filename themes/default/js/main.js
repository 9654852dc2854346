// Everything works without this file; it only makes some things quicker.
import { focusErrorSummary } from "./error-summary.js";
import { autosave } from "./autosave.js";
import { exitPage } from "./exit-page.js";
import { carryTyped, keepTyped } from "./keep-typed.js";
import { draft, forgetDraft } from "./draft.js";
import { fits } from "./fits.js";
import { menu } from "./menu.js";
import { forgetAll } from "./person.js";
import { openQuestions } from "./open-questions.js";
import { rememberPlace } from "./place.js";
import { share } from "./share.js";
import { terms } from "./terms.js";
import { tickAll } from "./tick-all.js";
import { timeLeft } from "./time-left.js";
import { unsent } from "./unsent.js";
import { flash, verdict } from "./verdict.js";

const modules = { "error-summary": focusErrorSummary, autosave, "keep-typed": keepTyped, "carry-typed": carryTyped, draft, "exit-page": exitPage, fits, flash, "forget-draft": forgetDraft, menu, "open-questions": openQuestions, place: rememberPlace, share, terms, "tick-all": tickAll, "time-left": timeLeft, verdict };

for (const element of document.querySelectorAll("[data-module]")) {
  for (const name of element.dataset.module.split(" ")) modules[name]?.(element);
}

unsent();

// Who signs out leaves nothing behind.
document.addEventListener("submit", ({ target }) => {
  if (new URL(target.action).pathname.endsWith("/sign-out")) forgetAll();
});
