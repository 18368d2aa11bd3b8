import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { demoSignIns } from "../../packages/server/src/modules/demo/index.ts";
import { loadCredentials } from "../../packages/server/src/platform/database/embedded/credentials.ts";
import { prepareDataFolder } from "../../packages/server/src/platform/database/embedded/data-folder.ts";
import { readPostmasterFile } from "../../packages/server/src/platform/database/embedded/postgres-processes.ts";
import { buildConnectionString } from "../../packages/server/src/platform/database/embedded/provision.ts";
import { ApiClient } from "../kit/api-client.ts";

export const root = path.resolve(import.meta.dirname, "../..");

/** The built product on a new embedded database, driven over HTTP. */
export class ServedProduct {
  readonly url: string;
  readonly #process: ChildProcess;
  readonly #dataDir: string;

  private constructor(url: string, child: ChildProcess, dataDir: string) {
    this.url = url;
    this.#process = child;
    this.#dataDir = dataDir;
  }

  static async start(batchSize: number, environment: Record<string, string> = {}): Promise<ServedProduct> {
    const program = path.join(root, "packages/server/dist/main.js");
    if (!existsSync(program)) {
      throw new Error("Build first: pnpm build");
    }
    const dataDir = await mkdtemp(path.join(tmpdir(), "rehome-bench-"));
    // With the flags that npm start gives, see scripts/start.mjs.
    const flags = ["--max-semi-space-size=16", "--heap-growing-percent=40"];
    const child = spawn(process.execPath, [...flags, program, "serve"], {
      cwd: root,
      env: {
        ...process.env,
        DATABASE_URL: "",
        PORT: "0",
        REHOME_DATA_DIR: dataDir,
        LOG_LEVEL: "warn",
        REHOME_BATCH_SIZE: String(batchSize),
        ...environment,
      },
      stdio: ["ignore", "pipe", "inherit"],
    });
    const url = await readyUrl(child);
    return new ServedProduct(url, child, dataDir);
  }

  /** An organization admin of the demo organization. */
  async signIn(): Promise<ApiClient> {
    const [first] = demoSignIns;
    if (first === undefined) {
      throw new Error("No demo sign-ins");
    }
    return ApiClient.signIn(this.url, first.email, first.password);
  }

  /** The most memory the server process ever held, in MB; PostgreSQL's own processes are not in it. */
  peakMegabytes(): number {
    const peak = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${this.#process.pid}/status`, "utf8"))?.[1];
    return Math.round(Number(peak ?? 0) / 1024);
  }

  /** Processor seconds of the server process so far. */
  processorSeconds(): number {
    const fields = readFileSync(`/proc/${this.#process.pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
    return (Number(fields[11]) + Number(fields[12])) / 100;
  }

  /** A connection of its own to the product's database, for the bare programs. */
  async connect(): Promise<pg.Client> {
    const client = new pg.Client({ connectionString: this.connectionString(), options: "-c jit=off" });
    await client.connect();
    return client;
  }

  connectionString(): string {
    const folder = prepareDataFolder(this.#dataDir);
    const port = readPostmasterFile(folder.cluster)?.port;
    if (port === undefined) {
      throw new Error("The product's database does not run");
    }
    return buildConnectionString(port, loadCredentials(folder));
  }

  async stop(): Promise<void> {
    const gone = new Promise((resolve) => {
      this.#process.once("exit", resolve);
    });
    this.#process.kill("SIGTERM");
    await gone;
    await rm(this.#dataDir, { recursive: true, force: true });
  }
}

async function readyUrl(child: ChildProcess): Promise<string> {
  return new Promise<string>((resolve, reject) => {
    let output = "";
    child.stdout?.on("data", (data: Buffer) => {
      output += data.toString();
      const found = /ready at (http:\S+)/.exec(output)?.[1];
      if (found !== undefined) {
        resolve(found);
      }
    });
    child.once("exit", () => reject(new Error(output)));
  });
}
