import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";

/** A process that cannot be confused with a later one that got the same number. */
export interface ProcessIdentity {
  pid: number;
  /** When it started: clock ticks since boot (Linux), or the date that `ps` prints. Only compared for equality. */
  startedAt: string;
}

const hasProc = fs.existsSync("/proc/self/stat");

/** The identity of a running process; undefined when there is none, or only a zombie that nobody has collected yet. */
export function identifyProcess(pid: number): ProcessIdentity | undefined {
  const found = hasProc ? readProcStat(pid) : askPs(pid);
  if (found === undefined || /^[ZX]/.test(found.state)) {
    return undefined;
  }
  return { pid, startedAt: found.startedAt };
}

/** Whether exactly this process still runs. */
export function isRunning(identity: ProcessIdentity): boolean {
  return identifyProcess(identity.pid)?.startedAt === identity.startedAt;
}

/**
 * Within which boundary process numbers mean the same thing: this boot of this kernel, and this container.
 * Two containers on one volume have different ones.
 */
export function readProcessNamespace(): string {
  try {
    const boot = fs.readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    return `${boot} ${fs.readlinkSync("/proc/self/ns/pid")}`;
  } catch {
    return os.hostname();
  }
}

/** The command line of a process, arguments joined by a space; undefined when it is gone. Readable without privileges. */
export function readCommandLine(pid: number): string | undefined {
  if (!hasProc) {
    return askPs(pid)?.command;
  }
  try {
    return fs.readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim();
  } catch {
    return undefined;
  }
}

/** Every process of this machine (of this container) with its command line. */
export function listCommandLines(): { pid: number; commandLine: string }[] {
  if (!hasProc) {
    const lines = spawnSync("ps", ["-axww", "-o", "pid=", "-o", "command="], {
      encoding: "utf8",
    }).stdout.split("\n");
    return lines
      .map((line) => /^\s*(\d+)\s+(.*)$/.exec(line))
      .map((match) => ({ pid: Number(match?.[1]), commandLine: match?.[2] ?? "" }));
  }
  return fs
    .readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((name) => ({ pid: Number(name), commandLine: readCommandLine(Number(name)) ?? "" }));
}

function readProcStat(pid: number): { state: string; startedAt: string } | undefined {
  try {
    const text = fs.readFileSync(`/proc/${pid}/stat`, "utf8");
    // The second field is the program's name in parentheses and may itself hold spaces and parentheses.
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    const [state, startedAt] = [fields[0], fields[19]];
    return state === undefined || startedAt === undefined ? undefined : { state, startedAt };
  } catch {
    return undefined;
  }
}

/** For systems without /proc (macOS). Dates as in "Fri Nov 20 23:46:59 2026". */
function askPs(pid: number): { state: string; startedAt: string; command: string } | undefined {
  const { stdout } = spawnSync(
    "ps",
    ["-ww", "-o", "state=", "-o", "lstart=", "-o", "command=", "-p", String(pid)],
    {
      encoding: "utf8",
      env: { ...process.env, LC_ALL: "C" },
    },
  );
  const match = /^\s*(\S+)\s+(\w+ +\w+ +\d+ +[\d:]+ +\d+)\s+(.*)/.exec(stdout);
  const [, state, startedAt, command] = match ?? [];
  return state && startedAt && command !== undefined
    ? { state, startedAt, command: command.trim() }
    : undefined;
}
