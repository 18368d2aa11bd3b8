import { spawn, type ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { loadCredentials } from "../../packages/server/src/platform/database/embedded/credentials.ts";
import { prepareDataFolder } from "../../packages/server/src/platform/database/embedded/data-folder.ts";
import { readPostmasterFile } from "../../packages/server/src/platform/database/embedded/postgres-processes.ts";
import { buildConnectionString } from "../../packages/server/src/platform/database/embedded/provision.ts";
import { findRunningPostgres } from "../../packages/server/src/platform/database/embedded/index.ts";
import { ApiClient } from "./api-client.ts";
import { withClient } from "./database.ts";
import { readMailLinks } from "./letters.ts";
import type { World } from "./world.ts";

const root = path.resolve(import.meta.dirname, "../..");
const program = path.join(root, "packages/server/dist/main.js");

/** The password of every demo sign-in. */
export const demoPassword = "rehome-demo-2026";

/** The people of the demo that browser tests sign in as. */
export const demoEmails = {
  organizationAdmin: "nadia.okafor@northwind.example",
  jsmith: "jsmith@abc.com",
  dmurphy: "dmurphy@xyz.com",
};

/** The built product as a process of its own: its own folder, embedded database and demo. */
export interface Product {
  url: string;
  /** Signs a demo person in through the real endpoint. */
  signIn(email: string): Promise<ApiClient>;
  /** The demo's organization with the two sites its customers are copied between. */
  demoWorld(): Promise<World>;
  /** Its database, for what only the server's own machine can see. */
  connectionString(): string;
  /** Links in the mails it has queued for an address, the oldest first; `path` is how they begin. */
  mailLinks(address: string, path: string): Promise<string[]>;
  /** Ends it as a person would, waits until it is gone, removes its folder. */
  stop(): Promise<void>;
}

/** Starts what `npm start` starts, on a free port, with batches so small and slow that progress is seen to move. */
export async function startProduct(environment: Record<string, string> = {}): Promise<Product> {
  if (!existsSync(program)) {
    throw new Error("The product is not built; `pnpm build` builds it.");
  }
  const folder = await mkdtemp(path.join(os.tmpdir(), "rehome-e2e-"));
  const child = spawn(process.execPath, [program, "serve"], {
    cwd: folder,
    env: {
      ...process.env,
      NODE_ENV: "production",
      LOG_LEVEL: "warn",
      HOST: "127.0.0.1",
      PORT: "0",
      DATABASE_URL: "",
      REHOME_DATA_DIR: path.join(folder, "data"),
      REHOME_SIGN_INS_PER_MINUTE: "1000",
      REHOME_BATCH_SIZE: "50",
      REHOME_BATCH_PAUSE_MS: "40",
      ...environment,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const stop = async (): Promise<void> => {
    await endProcess(child);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const url = await readUrl(child);
    const signIn = (email: string): Promise<ApiClient> => ApiClient.signIn(url, email, demoPassword);
    return {
      url,
      signIn,
      connectionString: () => findDatabase(path.join(folder, "data")),
      mailLinks: (address, linkPath) => readLinks(path.join(folder, "data"), address, linkPath),
      demoWorld: async () => readWorld(await signIn(demoEmails.organizationAdmin)),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

function findDatabase(dataDir: string): string {
  const folder = prepareDataFolder(dataDir);
  const port = readPostmasterFile(folder.cluster)?.port;
  if (port === undefined) {
    throw new Error("The product's database does not run");
  }
  return buildConnectionString(port, loadCredentials(folder));
}

/** From the product's own database, opened with the key in its folder. */
async function readLinks(dataDir: string, address: string, linkPath: string): Promise<string[]> {
  const database = await findRunningPostgres(dataDir);
  if (database === undefined) {
    throw new Error(`No database runs in ${dataDir}.`);
  }
  const masterKey = Buffer.from(await readFile(path.join(dataDir, "master-key"), "utf8"), "base64");
  return withClient(database, (client) => readMailLinks(client, masterKey, address, linkPath));
}

async function endProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) {
    return;
  }
  const gone = new Promise<void>((resolve) => {
    child.once("exit", () => resolve());
  });
  child.kill("SIGTERM");
  await gone;
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
      reject(new Error(`The product ended with ${code} before it was ready:\n${output}`)),
    );
  });
}

async function readWorld(admin: ApiClient): Promise<World> {
  interface Answer {
    viewer: { organizations: { id: string; sites: { id: string; name: string; urlName: string }[] }[] };
  }
  const { viewer } = await admin.query<Answer>(
    "{ viewer { organizations { id sites { id name urlName } } } }",
  );
  const organization = viewer.organizations[0];
  const source = organization?.sites.find((site) => site.name === "Northwind Support");
  const destination = organization?.sites.find((site) => site.name === "Northwind Help");
  if (organization === undefined || source === undefined || destination === undefined) {
    throw new Error(`The demo is not as expected: ${JSON.stringify(viewer)}`);
  }
  const organizationId = organization.id;
  return {
    organizationId,
    source: { ...source, organizationId },
    destination: { ...destination, organizationId },
    admin,
  };
}
