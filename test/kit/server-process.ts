import { spawn, type ChildProcess } from "node:child_process";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "../..");

/** The product as a process of its own, for tests that kill it. */
export interface ServerProcess {
  url: string;
  pid: number;
  /** What it wrote so far, its log included. */
  output(): string;
  /** Ends it with this signal and waits until it is gone; its exit code, null when the signal ended it. */
  end(signal: NodeJS.Signals): Promise<number | null>;
}

/** Starts `rehome serve` and waits until it says where it listens. */
export async function startServerProcess(environment: Record<string, string>): Promise<ServerProcess> {
  const child = spawn(process.execPath, ["--import", "tsx", "packages/server/src/main.ts", "serve"], {
    cwd: root,
    env: { ...process.env, LOG_LEVEL: "warn", ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (data: Buffer) => {
      output += data.toString();
    });
  }
  const url = await readUrl(child);
  return {
    url,
    pid: child.pid ?? 0,
    output: () => output,
    async end(signal) {
      if (child.exitCode !== null || child.signalCode !== null) {
        return child.exitCode;
      }
      const gone = new Promise<number | null>((resolve) => {
        child.once("exit", (code) => resolve(code));
      });
      child.kill(signal);
      return gone;
    },
  };
}

async function readUrl(child: ChildProcess): Promise<string> {
  let output = "";
  return new Promise((resolve, reject) => {
    const onData = (data: Buffer): void => {
      output += data.toString();
      const found = /ready at (http:\S+)/.exec(output)?.[1];
      if (found !== undefined) {
        resolve(found);
      }
    };
    child.stdout?.on("data", onData);
    child.stderr?.on("data", onData);
    child.once("exit", (code) =>
      reject(new Error(`The server ended with ${code} before it was ready:\n${output}`)),
    );
  });
}
