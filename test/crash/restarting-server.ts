import { spawn, type ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { ApiClient } from "../kit/api-client.ts";

const root = path.resolve(import.meta.dirname, "../..");
const program = path.join(root, "packages/server/dist/main.js");

/** Settings of every process of a crash test: many small batches, the secret that the world was made with. */
export const crashEnvironment: Record<string, string> = {
  REHOME_SECRET: "a secret for tests only, long enough",
  REHOME_SIGN_INS_PER_MINUTE: "10000",
  REHOME_BATCH_SIZE: "5",
  HOST: "127.0.0.1",
  PORT: "0",
  LOG_LEVEL: "fatal",
  NODE_ENV: "test",
};

/** A process of the built product. */
export interface Started {
  child: ChildProcess;
  /** Where it listens; empty for a worker. */
  url: string;
  /** Resolves with the signal that ended it, or null. */
  ended: Promise<NodeJS.Signals | null>;
}

/** Starts `rehome serve` or `rehome worker`; resolves when it is ready or, as ended, when it died before that. */
export async function startProcess(
  command: "serve" | "worker",
  environment: Record<string, string>,
): Promise<Started> {
  if (!existsSync(program)) {
    throw new Error("Build first: pnpm build");
  }
  const child = spawn(process.execPath, [program, command], {
    cwd: root,
    env: { ...process.env, ...crashEnvironment, ...environment },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = new Promise<NodeJS.Signals | null>((resolve) => {
    child.once("exit", (_code, signal) => resolve(signal));
  });
  const url = await new Promise<string>((resolve) => {
    let output = "";
    child.stdout?.on("data", (data: Buffer) => {
      output += data.toString();
      const ready = /(?:ready at (http:\S+)|worker \S+ is ready)/.exec(output);
      if (ready !== null) {
        resolve(ready[1] ?? "");
      }
    });
    void ended.then(() => resolve(""));
  });
  return { child, url, ended };
}

/**
 * A server that is started again whenever it died, each time at the next crashpoint of a list. Calls are repeated
 * until one is answered, as a person or program would who has an idempotency key.
 */
export class RestartingServer {
  /** Labels the server died at, in order. */
  readonly died: string[] = [];
  readonly #databaseUrl: string;
  readonly #labels: string[];
  #running: Started | undefined;
  #armed: string | undefined;
  readonly #cookie: string;
  #killed = false;
  #stopped = false;

  /** `cookie` is that of a session which the database holds already. */
  constructor(databaseUrl: string, labels: readonly string[], cookie: string) {
    this.#databaseUrl = databaseUrl;
    this.#cookie = cookie;
    this.#labels = [...labels];
  }

  /** Does the work on a living server, again and again until it succeeds. An error with the server alive is passed on. */
  async call<T>(work: (client: ApiClient) => Promise<T>): Promise<T> {
    for (;;) {
      const running = await this.#alive();
      try {
        return await work(new ApiClient(running.url, this.#cookie));
      } catch (error) {
        const died = await Promise.race([
          running.ended.then(() => true),
          new Promise<false>((resolve) => {
            setTimeout(resolve, 1_500, false);
          }),
        ]);
        if (!died) {
          throw error;
        }
      }
    }
  }

  /** The label that the server would die at now, if any is left. */
  get armed(): string | undefined {
    return this.#armed;
  }

  /** Whether it is up, so that a kill hits work and not only the start. */
  get isServing(): boolean {
    const child = this.#running?.child;
    return child !== undefined && child.exitCode === null && child.signalCode === null;
  }

  /** Kills it at a moment of the caller's choice. */
  async kill(): Promise<void> {
    this.#killed = true;
    this.#running?.child.kill("SIGKILL");
    await this.#running?.ended;
  }

  /** For good: a tour that a failed test left behind ends at its next call, and no process outlives the test. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#running?.child.kill("SIGKILL");
    await this.#running?.ended;
    this.#running = undefined;
  }

  async #alive(): Promise<Started> {
    for (;;) {
      if (this.#stopped) {
        throw new Error("The server was stopped for good");
      }
      if (this.#running !== undefined) {
        const { child } = this.#running;
        if (child.exitCode === null && child.signalCode === null) {
          return this.#running;
        }
        if (child.signalCode !== "SIGKILL") {
          throw new Error(`The server ended by itself with ${child.exitCode}`);
        }
        if (this.#armed !== undefined && !this.#killed) {
          this.died.push(this.#armed);
          this.#armed = undefined;
        }
        this.#killed = false;
      }
      this.#armed ??= this.#labels.shift();
      this.#running = await startProcess("serve", {
        DATABASE_URL: this.#databaseUrl,
        ...(this.#armed === undefined ? {} : { REHOME_CRASHPOINT: this.#armed }),
      });
      if (this.#stopped) {
        this.#running.child.kill("SIGKILL");
      }
    }
  }
}
