import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";

import { expect, test } from "@playwright/test";

import { ROOT, startInVain, startServer } from "./support/server.ts";

let folder: string;
test.beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "iespeja-start-"));
});
test.afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

test("a port in use stops the start and says what to do", async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
  const address = other.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const { code, output } = await startInVain({ IESPEJA_LISTEN: `127.0.0.1:${port}`, IESPEJA_DATA_DIR: folder });
  await new Promise((resolve) => other.close(resolve));
  expect(code).toBe(1);
  expect(output).toContain(`127.0.0.1:${port}`);
  expect(output).toContain("in use");
  expect(output).toContain("IESPEJA_LISTEN");
  expect(output).not.toContain("panicked");
});

test("a data folder that cannot be written stops the start and says what to do", async () => {
  const file = path.join(folder, "a-file");
  await writeFile(file, "");
  const { code, output } = await startInVain({ IESPEJA_LISTEN: "127.0.0.1:0", IESPEJA_DATA_DIR: path.join(file, "data") });
  expect(code).toBe(1);
  expect(output).toContain(`${file} has to be a folder, and is a file`);
  expect(output.split("IESPEJA_DATA_DIR")).toHaveLength(2);
  expect(output).not.toContain("panicked");
});

test("a bad setting stops the start and is named", async () => {
  const { code, output } = await startInVain({ IESPEJA_LISTEN: "somewhere", IESPEJA_DATA_DIR: folder });
  expect(code).toBe(1);
  expect(output).toContain("IESPEJA_LISTEN");
  expect(output).not.toContain("panicked");
});

test("a course with mistakes is left out, shown with its place, and the others are served", async () => {
  const courses = path.join(folder, "courses");
  await cp(path.join(ROOT, "courses"), courses, { recursive: true });
  await writeFile(path.join(courses, "disability", "lv", "01-sabojata.md"), '+++\nid = "l-broken"\ntitle = "Sabojāta nodarbība"\nminutes = 1\nkind = "lesson"\n+++\n\n## Jautājums bez pareizās atbildes\n\n### Vai? {#q-broken .single points=1}\n\n- [ ] Jā\n- [ ] Nē\n');
  const server = await startServer({ environment: { IESPEJA_COURSES_DIR: courses } });
  try {
    expect(server.output()).toContain("01-sabojata.md:10");
    expect(server.output()).toContain("quiz-no-correct");
    expect((await fetch(`${server.origin}/lv/courses/foundations`)).status).toBe(200);
    expect((await fetch(`${server.origin}/lv/courses/disability`)).status).toBe(404);
  } finally {
    await server.stop();
  }
});

test("without --demo the start prints a one-time link that makes the first administrator", async () => {
  const server = await startServer({ demo: false });
  try {
    const link = [...server.output().matchAll(/http:\S+/g)].map((match) => match[0]).find((address) => new URL(address).pathname.length > 10) ?? "";
    expect(link).not.toBe("");
    const answer = await fetch(link);
    expect(answer.status).toBe(200);
  } finally {
    await server.stop();
  }
});
