import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { entities } from "../../packages/server/src/entities.ts";
import { createSignIn } from "../../packages/server/src/modules/sign-in/index.ts";
import { startEmbeddedPostgres } from "../../packages/server/src/platform/database/embedded/index.ts";
import { migrateSchema } from "../../packages/server/src/platform/database/migrate.ts";
import { openOrm } from "../../packages/server/src/platform/database/orm.ts";
import { makeAccount, makeMigration, makeOrganization, makeSite } from "../kit/factories.ts";
import { insertRow } from "../kit/query.ts";

const people = 20;
/** Of everybody who signs in to be measured. */
export const password = "a passphrase for measuring only";

/** A database of its own with one migration and some people who may follow it. TEST_DATABASE_URL says where; else embedded. */
export async function openBenchDatabase() {
  const given = process.env.TEST_DATABASE_URL;
  const dataDir = await mkdtemp(path.join(tmpdir(), "rehome-bench-"));
  const embedded = given === undefined ? await startEmbeddedPostgres({ dataDir }) : null;
  const serverUrl = embedded?.connectionString ?? given ?? "";
  const name = `bench_${randomUUID().replaceAll("-", "")}`;
  const admin = new pg.Client({ connectionString: serverUrl });
  await admin.connect();
  await admin.query(`create database ${name}`);
  const address = new URL(serverUrl);
  address.pathname = `/${name}`;
  const url = address.href;
  const orm = await openOrm(url, entities, 2);
  await migrateSchema(orm, url);
  const em = orm.em.fork();
  const pool = new pg.Pool({ connectionString: url, max: 4 });
  const organizationId = (await makeOrganization(em)).id;
  const source = await makeSite(em, { organizationId });
  const destination = await makeSite(em, { organizationId });
  const emails: string[] = [];
  for (let index = 0; index < people; index += 1) {
    const account = await makeAccount(em);
    await createSignIn(pool, { accountId: account.id, email: account.email, name: account.name, password });
    const role = { account_id: account.id, role: "ORGANIZATION_ADMIN", organization_id: organizationId };
    await insertRow(em, "role_assignment", role);
    emails.push(account.email);
  }
  const migration = await makeMigration(em, { source, destination });
  await orm.close();
  return {
    url,
    pool,
    emails,
    migrationId: migration.id,
    async close() {
      await pool.end();
      await admin.query(`drop database ${name}`);
      await admin.end();
      await embedded?.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
