// Everything works without this file; it only makes some things quicker.
import { focusErrorSummary } from "./error-summary.js";
import { autosave } from "./autosave.js";
import { exitPage } from "./exit-page.js";
import { carryTyped, keepTyped } from "./keep-typed.js";
import { menu } from "./menu.js";
import { tickAll } from "./tick-all.js";

const modules = { "error-summary": focusErrorSummary, autosave, "keep-typed": keepTyped, "carry-typed": carryTyped, "exit-page": exitPage, menu, "tick-all": tickAll };

for (const element of document.querySelectorAll("[data-module]")) {
  for (const name of element.dataset.module.split(" ")) modules[name]?.(element);
}
