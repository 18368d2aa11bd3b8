import { spawn } from "node:child_process";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "../..");

/** `rehome worker` as a process of its own. */
export interface WorkerProcess {
  /** Its name in leases. */
  name: string;
  /** Ends it with this signal and waits until it is gone. */
  end(signal: NodeJS.Signals): Promise<void>;
}

/** Starts a worker on the database and waits until it says it is ready; one that an armed crashpoint ends is told by `gone`. */
export async function startWorkerProcess(
  environment: Record<string, string>,
): Promise<WorkerProcess & { gone: Promise<void> }> {
  const child = spawn(process.execPath, ["--import", "tsx", "packages/server/src/main.ts", "worker"], {
    cwd: root,
    env: { ...process.env, LOG_LEVEL: "error", ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const gone = new Promise<void>((resolve) => {
    child.once("exit", () => resolve());
  });
  let output = "";
  const name = await new Promise<string>((resolve, reject) => {
    const onData = (data: Buffer): void => {
      output += data.toString();
      const found = /worker (\S+) is ready/.exec(output)?.[1];
      if (found !== undefined) {
        resolve(found);
      }
    };
    child.stdout.on("data", onData);
    child.stderr.on("data", onData);
    child.once("exit", (code) => reject(new Error(`The worker ended with ${code}:\n${output}`)));
  });
  return {
    name,
    gone,
    async end(signal) {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill(signal);
      }
      await gone;
    },
  };
}
