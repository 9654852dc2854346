import { readCourse } from "./answers.ts";

/** The course that the journeys take. */
export const COURSE = "foundations";

export type Role = "visitor" | "learner" | "manager" | "admin";

/** A page that everybody of a role can open, without the language in front. */
export interface PageOf {
  role: Role;
  path: string;
}

const course = readCourse(COURSE, "lv");
const firstLesson = course.lessons.find((lesson) => !lesson.test)?.slug ?? "";

/** Every page of the site that needs nothing prepared. */
export const PAGES: readonly PageOf[] = [
  { role: "visitor", path: "" },
  { role: "visitor", path: "courses" },
  { role: "visitor", path: "courses?ground=disability&audience=everyone" },
  { role: "visitor", path: "courses?ground=religion" },
  { role: "visitor", path: `courses/${COURSE}` },
  { role: "visitor", path: "register" },
  { role: "visitor", path: "sign-in" },
  { role: "visitor", path: "verify" },
  { role: "visitor", path: "verify/nav-tada-koda" },
  { role: "visitor", path: "privacy" },
  { role: "visitor", path: "accessibility" },
  { role: "visitor", path: "styleguide" },
  { role: "visitor", path: "there-is-no-such-page" },
  { role: "learner", path: "" },
  { role: "learner", path: "courses" },
  { role: "learner", path: `courses/${COURSE}` },
  { role: "learner", path: `courses/${COURSE}/lessons/${firstLesson}` },
  { role: "learner", path: `courses/${COURSE}/test` },
  { role: "learner", path: "me" },
  { role: "learner", path: "me/profile" },
  { role: "learner", path: "me/organisation" },
  { role: "learner", path: "me/privacy" },
  { role: "manager", path: "manage/indicators" },
  { role: "manager", path: "manage/organisations" },
  { role: "admin", path: "admin/accounts" },
];
