import { type ChildProcess, spawn } from "node:child_process";
import { cp, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";

/** The checkout's root. */
export const ROOT = path.resolve(import.meta.dirname, "../../..");

const BINARY = process.env.IESPEJA_BINARY ?? path.join(ROOT, "target/debug/iespeja");

/** The password of every demonstration sign-in of this run. */
export const DEMO_PASSWORD = "lapsene-kartupelis-73-vilnis";

/** Names the folder of the courses as the server compiles them, while the tests run; who names one before saves a minute. */
const COMPILED = "IESPEJA_TEST_BUNDLE";

/**
 * Compiles the shipped courses once for all servers of a run, as the server itself does when it starts: it takes a
 * minute in a debug build. Every server then gets a copy, and only checks that it is whole. For `globalSetup`.
 */
export default async function compileCourses(): Promise<() => Promise<void>> {
  if (process.env[COMPILED]) return async () => {};
  const server = await startServer({ demo: false });
  const folder = await mkdtemp(path.join(tmpdir(), "iespeja-courses-"));
  await cp(path.join(server.dataDir, "bundle"), folder, { recursive: true });
  await server.stop();
  process.env[COMPILED] = folder;
  return () => rm(folder, { recursive: true, force: true });
}

/** How long a start may take: the first one compiles the courses, on a machine that may be busy. */
const READY_MS = 180_000;

/** A running server on a data folder of its own. */
export interface Server {
  /** The address, without a trailing slash. */
  readonly origin: string;
  /** Where its database and its mails lie. */
  readonly dataDir: string;
  /** What it printed so far. */
  output(): string;
  /** The newest mail to this address that matches; waits for it. */
  mailTo(address: string, about?: RegExp): Promise<Mail>;
  stop(): Promise<void>;
}

/** A mail as it lies in the data folder, its text decoded. */
export interface Mail {
  readonly subject: string;
  readonly text: string;
  /** The addresses that stand in it, in order. */
  readonly links: readonly string[];
  /** What is for the calendar: the type's `method`, and the lines of the file, folded ones joined. */
  readonly calendars: readonly { readonly method: string; readonly lines: readonly string[] }[];
}

/** Starts the built server with the demonstration programme and waits until it is ready. */
export async function startServer(options: { demo?: boolean; environment?: Record<string, string> } = {}): Promise<Server> {
  const dataDir = await mkdtemp(path.join(tmpdir(), "iespeja-browser-"));
  const compiled = process.env[COMPILED];
  if (compiled) await cp(compiled, path.join(dataDir, "bundle"), { recursive: true });
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const child = spawn(BINARY, options.demo === false ? [] : ["--demo"], {
    cwd: ROOT,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...process.env,
      IESPEJA_LISTEN: `127.0.0.1:${port}`,
      IESPEJA_DATA_DIR: dataDir,
      IESPEJA_DEMO_PASSWORD: DEMO_PASSWORD,
      ...options.environment,
    },
  });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));

  const stop = async (): Promise<void> => {
    await end(child);
    await rm(dataDir, { recursive: true, force: true });
  };
  try {
    await ready(origin, child, () => output);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    origin,
    dataDir,
    output: () => output,
    mailTo: (address, about) => mailTo(path.join(dataDir, "mail"), address, about),
    stop,
  };
}

/** Starts the server where it cannot run; its exit code and what it said. */
export async function startInVain(environment: Record<string, string>): Promise<{ code: number | null; output: string }> {
  const child = spawn(BINARY, [], { cwd: ROOT, stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, ...environment } });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const late = setTimeout(() => child.kill("SIGKILL"), 20_000);
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  clearTimeout(late);
  return { code, output };
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === "string") throw new Error("no free port");
  return address.port;
}

async function ready(origin: string, child: ChildProcess, output: () => string): Promise<void> {
  const deadline = Date.now() + READY_MS;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}:\n${output()}`);
    try {
      const answer = await fetch(`${origin}/readyz`);
      if (answer.ok) return;
    } catch {
      // Not listening yet.
    }
    await sleep(100);
  }
  throw new Error(`the server was not ready in ${READY_MS / 1000} s:\n${output()}`);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  child.kill("SIGTERM");
  const late = setTimeout(() => child.kill("SIGKILL"), 10_000);
  await ended;
  clearTimeout(late);
}

async function mailTo(folder: string, address: string, about?: RegExp): Promise<Mail> {
  const deadline = Date.now() + 15_000;
  while (Date.now() < deadline) {
    const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith(".eml")).sort().reverse();
    for (const name of names) {
      const raw = await readFile(path.join(folder, name), "utf8");
      const mail = readMail(raw);
      if (mail.to.includes(address.toLowerCase()) && (!about || about.test(mail.subject + "\n" + mail.text))) return mail;
    }
    await sleep(100);
  }
  throw new Error(`no mail to ${address}${about ? ` about ${about}` : ""} in ${folder}`);
}

/** Reads the headers, the plain text and what is for the calendar; enough for the mails that the platform writes. */
export function readMail(raw: string): Mail & { to: string } {
  const parts = leaves(raw.replaceAll("\r\n", "\n"));
  const headers = readHeaders(raw.replaceAll("\r\n", "\n").split("\n\n")[0] ?? "");
  const text = parts.find((part) => /^text\/plain/i.test(part.type))?.text ?? "";
  return {
    to: (headers.get("to") ?? "").toLowerCase(),
    subject: decodeWords(headers.get("subject") ?? ""),
    text,
    links: [...text.matchAll(/https?:\/\/[^\s<>"]+/g)].map((match) => match[0].replace(/[.,)]+$/, "")),
    calendars: parts
      .filter((part) => /^text\/calendar/i.test(part.type))
      .map((part) => ({
        method: /method="?([A-Z]+)/i.exec(part.type)?.[1] ?? "",
        lines: part.text.replaceAll("\r\n", "\n").replace(/\n[ \t]/g, "").split("\n"),
      })),
  };
}

/** The parts of a message that have no parts themselves, in order. */
function leaves(entity: string): { type: string; text: string }[] {
  const [head = "", ...rest] = entity.split("\n\n");
  const headers = readHeaders(head);
  const type = headers.get("content-type") ?? "text/plain";
  const body = rest.join("\n\n");
  const boundary = /boundary="?([^";\n]+)/i.exec(type)?.[1];
  if (!boundary) return [{ type, text: decodeBody(body, headers.get("content-transfer-encoding") ?? "") }];
  const [, ...inner] = `\n${body}`.split(`\n--${boundary}`);
  return inner.filter((part) => !part.startsWith("--")).flatMap((part) => leaves(part.replace(/^[ \t]*\n/, "")));
}

function readHeaders(head: string): Map<string, string> {
  const unfolded = head.replace(/\n[ \t]+/g, " ");
  return new Map(
    unfolded.split("\n").map((line) => {
      const colon = line.indexOf(":");
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
}

function decodeBody(body: string, encoding: string): string {
  if (/base64/i.test(encoding)) return Buffer.from(body, "base64").toString("utf8");
  if (/quoted-printable/i.test(encoding)) return decodeQuotedPrintable(body.replace(/=\n/g, ""));
  return body;
}

function decodeQuotedPrintable(text: string): string {
  const bytes = Buffer.from(text, "utf8").toString("latin1");
  return Buffer.from(
    bytes.replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    "latin1",
  ).toString("utf8");
}

function decodeWords(text: string): string {
  return text
    .replace(/\?=\s+=\?/g, "?==?")
    .replace(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_, kind: string, value: string) =>
      kind.toLowerCase() === "b"
        ? Buffer.from(value, "base64").toString("utf8")
        : decodeQuotedPrintable(value.replaceAll("_", " ")),
    );
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
