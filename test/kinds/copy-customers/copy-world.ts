import { afterAll, beforeAll } from "vitest";
import { entities } from "../../../packages/server/src/entities.ts";
import type {
  BatchResult,
  MigrationScope,
  PlanSummary,
} from "../../../packages/server/src/modules/migration/kind.ts";
import { copyCustomers } from "../../../packages/server/src/modules/migration/kinds/copy-customers/copy-customers.kind.ts";
import type { CopyCustomersOptions } from "../../../packages/server/src/modules/migration/kinds/copy-customers/options.ts";
import { openOrm, type EntityManager } from "../../../packages/server/src/platform/database/orm.ts";
import { createTestDatabase, withoutEngine, type BrokenInvariants } from "../../kit/database.ts";
import {
  makeImportFile,
  makeMigration,
  makeOrganization,
  makeProject,
  makeSite,
  nextNumber,
  type MadeMigration,
  type MadeSite,
} from "../../kit/factories.ts";
import { query } from "../../kit/query.ts";

/**
 * A database for this test file; `fork()` gives an EntityManager of its own connection scope, `url()` its address. The
 * kind is driven without engine and uploads; `broken` names what a file breaks besides.
 */
export function useDatabase(broken: BrokenInvariants = {}): { fork(): EntityManager; url(): string } {
  let url = "";
  let fork: (() => EntityManager) | undefined;
  let close: (() => Promise<void>) | undefined;
  beforeAll(async () => {
    const database = await createTestDatabase({
      ...withoutEngine,
      I6: "rows are made without their upload",
      ...broken,
    });
    const orm = await openOrm(database.url, entities, 5);
    url = database.url;
    fork = () => orm.em.fork() as EntityManager;
    close = async () => {
      await orm.close();
      await database.drop();
    };
  });
  afterAll(async () => {
    await close?.();
  });
  return {
    url: () => url,
    fork() {
      if (fork === undefined) {
        throw new Error("The database is opened by beforeAll");
      }
      return fork();
    },
  };
}

/** Two sites of one organization. Both have OPEN (open) and SEC (restricted) projects; the source also has OLD. */
export interface CopyWorld {
  em: EntityManager;
  organizationId: string;
  source: MadeSite;
  destination: MadeSite;
  sourceProjects: Record<"OPEN" | "SEC" | "OLD", { id: string; key: string }>;
  destinationProjects: Record<"OPEN" | "SEC", { id: string; key: string }>;
  /** An applied customer upload to the source, to hang rows on. */
  upload: { id: string; siteId: string };
  /** An address of this world alone: accounts are global, so worlds of one database must not share any. */
  mail(local: string): string;
}

export async function makeCopyWorld(em: EntityManager): Promise<CopyWorld> {
  const organization = await makeOrganization(em);
  const number = nextNumber();
  const source = await makeSite(em, { organizationId: organization.id });
  const destination = await makeSite(em, { organizationId: organization.id });
  const project = (site: MadeSite, key: string, access: "OPEN" | "RESTRICTED") =>
    makeProject(em, site.id, { key, access });
  return {
    em,
    organizationId: organization.id,
    source,
    destination,
    sourceProjects: {
      OPEN: await project(source, "OPEN", "OPEN"),
      SEC: await project(source, "SEC", "RESTRICTED"),
      OLD: await project(source, "OLD", "RESTRICTED"),
    },
    destinationProjects: {
      OPEN: await project(destination, "OPEN", "OPEN"),
      SEC: await project(destination, "SEC", "RESTRICTED"),
    },
    upload: { id: (await makeImportFile(em, source)).id, siteId: source.id },
    mail: (local) => `${local}@world${number}.example`,
  };
}

export type Scope = MigrationScope<CopyCustomersOptions>;

/** A migration of the world, and the scope a kind sees of it. */
export async function makeScope(world: CopyWorld, projectKeys: string[] = []): Promise<Scope> {
  return scopeOf(await makeMigration(world.em, world, { projectKeys }));
}

function scopeOf(migration: MadeMigration): Scope {
  const { id, number, organizationId, sourceSiteId, destinationSiteId, options } = migration;
  return { migrationId: id, number, organizationId, sourceSiteId, destinationSiteId, options };
}

export function plan(em: EntityManager, scope: Scope): Promise<PlanSummary> {
  return em.transactional((tx) => copyCustomers.plan(tx, scope));
}

/** Starts the planned run: what people reach is kept and the group made. */
export function prepare(em: EntityManager, scope: Scope) {
  return em.transactional((tx) => copyCustomers.prepare(tx, scope));
}

/** One batch in a transaction of its own. */
export function applyOne(em: EntityManager, scope: Scope, after: number, upTo: number): Promise<BatchResult> {
  return em.transactional((tx) => copyCustomers.apply(tx, { ...scope, after, upTo }));
}

/** Applies what was planned in batches of this size: everything, or as after a stop only so many batches. */
export async function applyAll(
  em: EntityManager,
  scope: Scope,
  batchSize = 1_000,
  batches = Number.POSITIVE_INFINITY,
): Promise<BatchResult> {
  const [{ count } = { count: 0 }] = await query<{ count: number }>(
    em,
    "select count(*)::int as count from migration_item where migration_id = $1",
    [scope.migrationId],
  );
  const sum = { successful: 0, requiresAttention: 0, failed: 0 };
  for (let after = 0; after < Math.min(count, batches * batchSize); after += batchSize) {
    const result = await applyOne(em, scope, after, Math.min(count, after + batchSize));
    sum.successful += result.successful;
    sum.requiresAttention += result.requiresAttention;
    sum.failed += result.failed;
  }
  return sum;
}

/** Plans, prepares and applies; what the engine does between approval and end. */
export async function copy(
  world: CopyWorld,
  projectKeys: string[] = [],
): Promise<{ scope: Scope; summary: PlanSummary }> {
  const scope = await makeScope(world, projectKeys);
  const summary = await plan(world.em, scope);
  await prepare(world.em, scope);
  await applyAll(world.em, scope);
  return { scope, summary };
}
