import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createReadStream } from "node:fs";
import {
  countDemo,
  customersCsv,
  projectsCsv,
  requestsCsv,
} from "../../packages/server/src/modules/demo/index.ts";
import type { ApiClient } from "../kit/api-client.ts";
import {
  apply,
  createMigration,
  createSite,
  decide,
  inPieces,
  plan,
  untilState,
  upload,
} from "./api-steps.ts";
import type { ServedProduct } from "./served-product.ts";

/** The phases of the main job, in order; those in `p1` make up goal P1. */
export const phaseNames = [
  "stage",
  "apply upload",
  "plan and checks",
  "start",
  "apply",
  "access proof",
  "reports",
] as const;
export type PhaseName = (typeof phaseNames)[number];

export interface MainJob {
  customers: number;
  /** Seconds per phase. */
  seconds: Record<PhaseName, number>;
  /** Of all phases together. */
  total: number;
  migrationId: string;
  organizationId: string;
  sourceSiteId: string;
  destinationSiteId: string;
  /** The uploaded file of customers, for the bare programs; removed by `forget`. */
  customersFile: string;
  forget(): Promise<void>;
}

/**
 * Copy customers between two new sites, from the uploaded file to the downloaded report. Requests, projects and the
 * destination's own people are put in place before and are not measured.
 * @param whileRunning called when the run starts, with a promise that ends with it
 */
export async function runMainJob(
  product: ServedProduct,
  customers: number,
  whileRunning: (
    admin: ApiClient,
    job: { sites: string[]; migrationId: string; organizationId: string },
    ended: Promise<unknown>,
  ) => Promise<void> = async () => undefined,
): Promise<MainJob> {
  const admin = await product.signIn();
  const organizationId = await ownOrganization(admin);
  const source = await createSite(admin, organizationId, "Bench Source", "bench-source");
  const destination = await createSite(admin, organizationId, "Bench Destination", "bench-destination");
  const folder = await mkdtemp(path.join(tmpdir(), "rehome-bench-files-"));
  const customersFile = path.join(folder, "customers.csv");
  await pipeline(
    Readable.from(inPieces(customersCsv("source", { customers }))),
    createWriteStream(customersFile),
  );
  const rows = countDemo({ customers }).customers;
  const seconds = Object.fromEntries(phaseNames.map((name) => [name, 0])) as Record<PhaseName, number>;
  const timed = async <T>(name: PhaseName, work: () => Promise<T>): Promise<T> => {
    const started = performance.now();
    const result = await work();
    seconds[name] = (performance.now() - started) / 1000;
    process.stdout.write(
      `  ${name.padEnd(20)}${seconds[name].toFixed(2).padStart(9)} s, memory so far ${product.peakMegabytes()} MB\n`,
    );
    return result;
  };

  await applyAll(admin, destination, [
    ["PROJECTS", projectsCsv("destination", { customers })],
    ["CUSTOMERS", customersCsv("destination", { customers })],
    ["REQUESTS", requestsCsv("destination", { customers })],
  ]);
  await applyAll(admin, source, [["PROJECTS", projectsCsv("source", { customers })]]);
  const staged = await timed("stage", () =>
    upload(admin, source, "CUSTOMERS", createReadStream(customersFile)),
  );
  await timed("apply upload", () => apply(admin, staged.id));
  await applyAll(admin, source, [["REQUESTS", requestsCsv("source", { customers })]]);
  const migrationId = await createMigration(admin, source, destination);
  const fingerprint = await timed("plan and checks", () => plan(admin, migrationId));
  await decide(
    admin,
    `approveMigration(input: { migrationId: "${migrationId}", fingerprint: "${fingerprint}", confirmSiteName: "Bench Destination" })`,
  );
  await timed("start", () => decide(admin, `startMigration(input: { migrationId: "${migrationId}" })`));
  const ends = ["COMPLETED", "COMPLETED_WITH_ATTENTION", "FAILED"];
  const applied = timed("apply", () => untilState(admin, migrationId, ["VERIFYING", ...ends]));
  await Promise.all([
    applied,
    whileRunning(admin, { sites: [source, destination], migrationId, organizationId }, applied),
  ]);
  if ((await timed("access proof", () => untilState(admin, migrationId, ends))) === "FAILED") {
    throw new Error("The run failed");
  }
  await timed("reports", () => download(admin, migrationId));
  return {
    customers: rows,
    seconds,
    total: Object.values(seconds).reduce((sum, each) => sum + each, 0),
    migrationId,
    organizationId,
    sourceSiteId: source,
    destinationSiteId: destination,
    customersFile,
    forget: () => rm(folder, { recursive: true, force: true }),
  };
}

async function ownOrganization(admin: ApiClient): Promise<string> {
  const { viewer } = await admin.query<{ viewer: { organizations: { id: string }[] } }>(
    "{ viewer { organizations { id } } }",
  );
  return viewer.organizations[0]?.id ?? "";
}

async function applyAll(
  admin: ApiClient,
  siteId: string,
  files: readonly [fileKind: string, text: AsyncIterable<string>][],
): Promise<void> {
  for (const [fileKind, text] of files) {
    await apply(admin, (await upload(admin, siteId, fileKind, text)).id);
  }
}

/** Reads the report to its end without keeping it. */
async function download(admin: ApiClient, migrationId: string): Promise<void> {
  const response = await admin.fetch(`/api/migrations/${migrationId}/report.zip`);
  let bytes = 0;
  for await (const piece of response.body ?? []) {
    bytes += (piece as Uint8Array).length;
  }
  process.stdout.write(`  report of ${(bytes / 1e6).toFixed(1)} MB\n`);
}
