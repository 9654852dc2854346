// Everything works without this file; it only makes some things quicker.
import { focusErrorSummary } from "./error-summary.js";
import { autosave } from "./autosave.js";

const modules = { "error-summary": focusErrorSummary, autosave };

for (const element of document.querySelectorAll("[data-module]")) {
  modules[element.dataset.module]?.(element);
}
