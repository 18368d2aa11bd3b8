import type { Pool } from "pg";
import type { EntityManager } from "../../platform/database/orm.ts";
import type { Logger } from "../../platform/logging.ts";
import type { SecretBox } from "../../platform/secrets/secret-box.ts";
import { applyImportNow, importStream, recoverImports, type FileKind } from "../import/index.ts";
import { createDemoSignIns, createWorld } from "./create-world.ts";
import type { InvitationDeps } from "../roles/index.ts";
import { siteIn, type SiteRole } from "./demo-world.ts";
import { customersCsv, projectsCsv, requestsCsv, sizeOf, type DemoOptions } from "./generate-demo.ts";
import { productsWithUsers, productUsersCsv } from "./product-users.ts";
import { createDemoRoles } from "./seed-roles.ts";
import { findDemoStatement, type DemoFileRow, type DemoFoundRow } from "./sql/find-demo.ts";
import { findDemoSitesStatement, type DemoSiteRow } from "./sql/find-demo-sites.ts";

/** What seeding needs. */
export interface SeedDeps {
  /** A fresh EntityManager. */
  fork: () => EntityManager;
  pool: Pool;
  logger: Logger;
  /** Seals the password hashes of product users. */
  secrets: SecretBox;
  /** For the invitation and the request that wait in the demo. */
  invitations: InvitationDeps;
}

/** `phase` is a sentence part such as "customers of Northwind Support"; `done` of `total` steps of that phase. */
type SeedProgress = (phase: string, done: number, total: number) => void;

/** What to seed. */
interface SeedOptions {
  /** Rows of the source's customers file; 5,000 unless given. */
  customers?: number;
  onProgress?: SeedProgress;
}

/** What seeding did. `customers` is the size of the demo that is there now, whatever was asked for. */
interface SeedResult {
  /** RESUMED: an interrupted seeding was finished. ALREADY_THERE: nothing was changed. */
  outcome: "SEEDED" | "RESUMED" | "ALREADY_THERE";
  customers: number;
  /** A sentence for the terminal. */
  message: string;
}

interface SeedFile {
  site: SiteRole;
  kind: FileKind;
  noun: string;
  /** Of a product on the site, whose users the file lists. */
  product?: string;
  write: (site: SiteRole, options: DemoOptions) => AsyncIterable<string>;
}

/** Who uploads the files, by site. */
const uploaders: Record<SiteRole, string> = {
  source: "tomas.reyes@northwind.example",
  destination: "tomas.reyes@northwind.example",
  other: "astrid.halvorsen@halden-research.example",
};

// Projects come first and requests last: customers name projects, requests name both.
const files: readonly SeedFile[] = [
  ...(["source", "destination", "other"] as const).flatMap((site) => [
    { site, kind: "PROJECTS" as const, noun: "projects", write: projectsCsv },
    { site, kind: "CUSTOMERS" as const, noun: "customers", write: customersCsv },
    { site, kind: "REQUESTS" as const, noun: "requests", write: requestsCsv },
  ]),
  ...productsWithUsers.map(({ site, product }) => ({
    site,
    product,
    kind: "PRODUCT_USERS" as const,
    noun: "users",
    write: () => productUsersCsv(product),
  })),
];

/**
 * Fills a database with the demo: both organizations, everybody who can sign in, and the generated files, sent
 * the way of any upload. Where the demo stands already nothing changes, whatever size is asked for; where an
 * earlier seeding was interrupted, it is finished in the size it was begun with.
 * @throws RangeError for an impossible size; Error when a site or domain of the demo belongs to somebody else
 */
export async function seedDemo(deps: SeedDeps, options: SeedOptions = {}): Promise<SeedResult> {
  const { customers: asked } = sizeOf(options);
  const begun = await findDemo(deps);
  if (begun !== undefined && listMissing(begun).length === 0) {
    const { customers } = begun;
    return { outcome: "ALREADY_THERE", customers, message: describeExisting(customers, asked) };
  }
  // What the interrupted seeding was applying is applied first.
  if (begun !== undefined) await recoverImports(deps.fork);
  const found = begun === undefined ? undefined : await findDemo(deps);
  const customers = found?.customers ?? asked;
  options.onProgress?.("organizations", 0, 1);
  if (found === undefined) await createWorld(deps.fork(), customers);
  await createDemoSignIns(deps.fork(), deps.pool);
  await createDemoRoles(deps.fork, deps.invitations);
  options.onProgress?.("organizations", 1, 1);
  const sites = await findSites(deps);
  for (const file of listMissing(found)) {
    const received = findReceived(found?.files, file);
    await importFile(deps, file, { sites, customers, received, onProgress: options.onProgress });
  }
  return found === undefined
    ? { outcome: "SEEDED", customers, message: `The demo is ready: ${count(customers)}.` }
    : {
        outcome: "RESUMED",
        customers,
        message: `The interrupted demo is complete now: ${count(customers)}.`,
      };
}

async function importFile(
  deps: SeedDeps,
  file: SeedFile,
  context: {
    sites: ReadonlyMap<string, DemoSiteRow>;
    customers: number;
    received: DemoFileRow | undefined;
    onProgress: SeedProgress | undefined;
  },
): Promise<void> {
  const { urlName } = siteIn(file.site);
  const site = context.sites.get(urlName);
  if (site === undefined) {
    throw new Error(`The demo site ${urlName} or its admin is gone. Use a new data folder.`);
  }
  const importId = context.received?.importId ?? (await sendFile(deps, file, site, context));
  await applyImportNow(deps.fork, { importId, actorAccountId: site.admin_account_id });
}

async function sendFile(
  deps: SeedDeps,
  file: SeedFile,
  site: DemoSiteRow,
  { customers, onProgress }: { customers: number; onProgress: SeedProgress | undefined },
): Promise<string> {
  const phase = `${file.noun} of ${file.product ?? siteIn(file.site).name}`;
  const text = file.write(file.site, {
    customers,
    onProgress: (done, total) => onProgress?.(phase, done, total),
  });
  const { importId, rejection } = await importStream(deps, {
    ...(file.product === undefined ? { siteId: site.id } : { productId: productIn(site, file.product) }),
    actorAccountId: site.admin_account_id,
    fileKind: file.kind,
    fileName: fileNameOf(file),
    stream: encode(text),
  });
  if (file.product !== undefined) onProgress?.(phase, 1, 1);
  if (rejection !== null) throw new Error(`The ${phase} were refused: ${rejection.message}`);
  return importId;
}

function productIn(site: DemoSiteRow, product: string): string {
  const id = site.products[product];
  if (id === undefined) {
    throw new Error(`The demo product ${product} is gone. Use a new data folder.`);
  }
  return id;
}

function fileNameOf(file: SeedFile): string {
  const place = file.product?.toLowerCase().replaceAll(" ", "-") ?? siteIn(file.site).urlName;
  return `${place}-${file.noun}.csv`;
}

async function findDemo(deps: SeedDeps): Promise<DemoFoundRow | undefined> {
  const [found] = await findDemoStatement.run(deps.fork(), [files.map(fileNameOf)]);
  return found;
}

function listMissing(found: DemoFoundRow | undefined): SeedFile[] {
  return files.filter((file) => findReceived(found?.files, file)?.state !== "APPLIED");
}

/** Of a file that was begun twice the one that got further. */
function findReceived(received: readonly DemoFileRow[] | undefined, file: SeedFile): DemoFileRow | undefined {
  const { urlName } = siteIn(file.site);
  const own = (received ?? []).filter(
    (row) => row.urlName === urlName && row.fileKind === file.kind && row.fileName === fileNameOf(file),
  );
  return own.find((row) => row.state === "APPLIED") ?? own[0];
}

async function findSites(deps: SeedDeps): Promise<Map<string, DemoSiteRow>> {
  const roles = Object.keys(uploaders) as SiteRole[];
  const rows = await findDemoSitesStatement.run(deps.fork(), [
    roles.map((role) => siteIn(role).urlName),
    roles.map((role) => uploaders[role]),
  ]);
  return new Map(rows.map((row) => [row.url_name, row]));
}

function describeExisting(customers: number, asked: number): string {
  const there = `The demo organization is already here with ${count(customers)}; nothing was added.`;
  return customers === asked ? there : `${there} For another size start with an empty data folder.`;
}

function count(customers: number): string {
  return `${customers.toLocaleString("en")} customer${customers === 1 ? "" : "s"}`;
}

async function* encode(blocks: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  for await (const block of blocks) yield Buffer.from(block);
}
