import { expect, type Locator } from "@playwright/test";

import type { Answer } from "./answers.ts";
import * as keyboard from "./keyboard.ts";

/** A way to use controls: the mouse, or the keyboard alone. */
export interface Hand {
  choose(radio: Locator): Promise<void>;
  tick(box: Locator): Promise<void>;
  pick(menu: Locator, entry: string): Promise<void>;
  fill(field: Locator, text: string): Promise<void>;
  press(button: Locator): Promise<void>;
}

export const mouse: Hand = {
  choose: (radio) => radio.check(),
  tick: (box) => box.check(),
  pick: async (menu, entry) => void (await menu.selectOption({ label: entry })),
  fill: (field, text) => field.fill(text),
  press: (button) => button.click(),
};

export const keys: Hand = {
  choose: keyboard.choose,
  tick: keyboard.tick,
  pick: keyboard.pick,
  fill: keyboard.type,
  press: keyboard.activate,
};

/** Gives the right answer to the question that this part of the page asks. */
export async function answerRightly(question: Locator, answers: ReadonlyMap<string, Answer>, hand: Hand = mouse): Promise<void> {
  const id = (await question.getAttribute("data-question-id")) ?? "";
  const answer = answers.get(id);
  if (!answer) throw new Error(`the course's files have no answer to “${id}”`);
  switch (answer.kind) {
    case "choices": {
      if ((await question.getByRole("radio").count()) > 0) {
        await hand.choose(question.getByRole("radio", { name: answer.right[0] ?? "", exact: true }));
        return;
      }
      for (const box of await question.getByRole("checkbox").all()) {
        const isRight = await isNamed(box, answer.right);
        if (isRight) await hand.tick(box);
        else if (await box.isChecked()) await box.uncheck();
      }
      await expect(question.getByRole("checkbox", { checked: true })).toHaveCount(answer.right.length);
      return;
    }
    case "match":
      for (const menu of await question.getByRole("combobox").all()) {
        const pair = await ownOf(menu, answer.pairs);
        await hand.pick(menu, pair[1]);
      }
      return;
    case "order":
      for (const menu of await question.getByRole("combobox").all()) {
        const [item] = await ownOf(menu, answer.items.map((item) => [item] as const));
        await hand.pick(menu, String(answer.items.indexOf(item) + 1));
      }
      return;
    case "number":
      await hand.fill(question.getByRole("textbox"), answer.value);
      return;
    case "gaps":
      for (const [index, gap] of (await question.locator(".cloze").locator("select, input").all()).entries()) {
        const value = answer.values[index] ?? "";
        if ((await gap.getAttribute("type")) === null) await hand.pick(gap, value);
        else await hand.fill(gap, value);
      }
      return;
    case "path":
      // One step at a time: the next one comes with the page that follows, below the steps taken.
      for (const choice of await question.getByRole("radio").all()) {
        if ((await isNamed(choice, answer.choices)) && !(await choice.isChecked())) return hand.choose(choice);
      }
      return;
    case "words":
      return hand.fill(question.getByRole("textbox"), "Pārbaudei: ko es darītu citādi.");
    case "scale":
      for (const statement of answer.statements) {
        await hand.choose(question.getByRole("row", { name: statement }).getByRole("radio").last());
      }
  }
}

/** Answers wrongly: a wrong choice, the first partner or place for everything, a number far off. */
export async function answerWrongly(question: Locator, answers: ReadonlyMap<string, Answer>, hand: Hand = mouse): Promise<void> {
  const id = (await question.getAttribute("data-question-id")) ?? "";
  const answer = answers.get(id);
  if (!answer) throw new Error(`the course's files have no answer to “${id}”`);
  if (answer.kind === "number") return hand.fill(question.getByRole("textbox"), "987654");
  if (answer.kind === "path") return hand.choose(question.getByRole("radio").last());
  if (answer.kind === "words" || answer.kind === "scale") return;
  if (answer.kind !== "choices") {
    for (const menu of await question.getByRole("combobox").all()) {
      const entry = await menu.evaluate((element) => (element as HTMLSelectElement).options[1]?.label ?? "");
      await hand.pick(menu, entry);
    }
    return;
  }
  for (const role of ["radio", "checkbox"] as const) {
    for (const choice of await question.getByRole(role).all()) {
      if (await isNamed(choice, answer.right)) continue;
      return role === "radio" ? hand.choose(choice) : hand.tick(choice);
    }
  }
}

async function isNamed(control: Locator, names: readonly string[]): Promise<boolean> {
  return names.includes(await labelOf(control));
}

/** The entry whose first text the control's label ends with; the label begins with words of its own. */
async function ownOf<Entry extends readonly [string, ...string[]]>(control: Locator, entries: readonly Entry[]): Promise<Entry> {
  const label = await labelOf(control);
  const own = entries.filter(([text]) => label.endsWith(text)).sort(([a], [b]) => b.length - a.length)[0];
  if (!own) throw new Error(`the course's files have nothing for “${label}”`);
  return own;
}

async function labelOf(control: Locator): Promise<string> {
  return control.evaluate((element) => ((element as HTMLInputElement).labels?.[0]?.textContent ?? "").replace(/\s+/g, " ").normalize("NFC").trim());
}
