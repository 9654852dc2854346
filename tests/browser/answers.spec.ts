import { expect, test } from "@playwright/test";

import { readCourse } from "./support/answers.ts";

// The journeys are worth no more than this reader: it must find an answer to every question.
for (const course of ["foundations", "disability"]) {
  for (const language of ["lv", "en"] as const) {
    test(`the answers of ${course} in ${language} can be read`, () => {
      const { lessons, answers } = readCourse(course, language);
      expect(lessons.at(-1)?.test).toBe(true);
      expect(answers.size).toBeGreaterThan(20);
      for (const [id, answer] of answers) {
        switch (answer.kind) {
          case "choices":
            expect(answer.right.length, id).toBeGreaterThan(0);
            expect(answer.right.join(""), id).not.toMatch(/\*\*|\[\^|`/);
            break;
          case "match":
            expect(answer.pairs.length, id).toBeGreaterThan(1);
            for (const [left, right] of answer.pairs) expect(left !== "" && right !== "", id).toBe(true);
            break;
          case "order":
            expect(answer.items.length, id).toBeGreaterThan(2);
            break;
          case "number":
            expect(answer.value, id).toMatch(/^-?\d+([.,]\d+)?$/);
            break;
          case "gaps":
            expect(answer.values.length, id).toBeGreaterThan(0);
            for (const value of answer.values) expect(value, id).not.toMatch(/^$|[[\]()|;]/);
            break;
          case "path":
            expect(answer.choices.length, id).toBeGreaterThan(1);
            break;
          case "scale":
            expect(answer.points.length, id).toBeGreaterThan(1);
            expect(answer.statements.length, id).toBeGreaterThan(0);
        }
      }
    });
  }
}
