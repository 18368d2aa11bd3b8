import { spawn, type ChildProcess } from "node:child_process";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "../..");
const program = [process.execPath, "--import", "tsx", "packages/server/src/main.ts"];

/** How a command ended. */
export interface CliResult {
  exitCode: number | null;
  stdout: string;
  stderr: string;
  /** Standard output as the JSON lines it is; throws when it is something else. */
  records: () => Record<string, unknown>[];
  /** Standard error as the one JSON error it is. */
  error: () => Record<string, unknown>;
}

/** A command under way. */
export interface CliProcess {
  child: ChildProcess;
  /** What it wrote so far. */
  stdout: () => string;
  ended: Promise<CliResult>;
}

/** Starts `rehome <words>` as a process of its own, knowing nothing of this one's settings but these. */
export function startCli(words: string[], environment: Record<string, string> = {}): CliProcess {
  return watchProcess(program, words, environment);
}

/** The same to its end. */
export async function runCli(words: string[], environment: Record<string, string> = {}): Promise<CliResult> {
  return startCli(words, environment).ended;
}

/** Runs a shell's line in which "$REHOME" stands for the program. */
export async function runInShell(line: string, environment: Record<string, string> = {}): Promise<CliResult> {
  const rehome = program.map((word) => `'${word}'`).join(" ");
  return watchProcess(["bash", "-o", "pipefail", "-c"], [line.replaceAll("$REHOME", rehome)], environment)
    .ended;
}

function watchProcess(
  [command = "", ...before]: readonly string[],
  words: readonly string[],
  environment: Record<string, string>,
): CliProcess {
  const { PATH = "", HOME = "", TMPDIR = "" } = process.env;
  const child = spawn(command, [...before, ...words], {
    cwd: root,
    env: { PATH, HOME, TMPDIR, LOG_LEVEL: "error", ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [stdout, stderr] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const ended = new Promise<CliResult>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (exitCode) => {
      resolve({
        exitCode,
        stdout,
        stderr,
        records: () => parseLines(stdout),
        error: () => parseLines(stderr)[0]?.error as Record<string, unknown>,
      });
    });
  });
  return { child, stdout: () => stdout, ended };
}

function parseLines(text: string): Record<string, unknown>[] {
  return text
    .trim()
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}
