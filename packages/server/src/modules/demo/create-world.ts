import { appendAuditEntry } from "../audit/index.ts";
import { createSignIn } from "../sign-in/index.ts";
import type { EntityManager } from "../../platform/database/orm.ts";
import type { StatementRunner } from "../../platform/database/statement.ts";
import type { Pool } from "pg";
import { demoPeople, demoSignIns } from "./demo-sign-ins.ts";
import { demoOrganizations, sharedWords, siteIn } from "./demo-world.ts";
import { findObstaclesStatement } from "./sql/find-obstacles.ts";
import { insertAccountsStatement } from "./sql/insert-accounts.ts";
import { insertGrantsStatement } from "./sql/insert-grants.ts";
import { insertOrganizationsStatement } from "./sql/insert-organizations.ts";

/**
 * Makes both organizations with their sites, products, claimed domains and admins, all or nothing. Writes into
 * the audit log of the first one how large the demo is to be, so that an interrupted one can be finished.
 * @throws Error that names a site or domain that somebody else has already
 */
export async function createWorld(em: EntityManager, customers: number): Promise<void> {
  await em.transactional(async (transaction) => {
    await assertFree(transaction);
    const organizationIds = await insertOrganizations(transaction);
    await insertAccounts(transaction);
    await insertGrants(transaction, organizationIds);
    for (const [name, organizationId] of organizationIds) {
      await appendAuditEntry(transaction, {
        organizationId,
        actorAccountId: null,
        action: "demo.seed",
        subjectType: "organization",
        subjectId: organizationId,
        summary: `Made the demo organization ${name}.`,
        after: { customers },
      });
    }
  });
}

/** Lets everybody of the demo sign in; who already can keeps the password they have. */
export async function createDemoSignIns(em: StatementRunner, pool: Pool): Promise<void> {
  const accountIds = await insertAccounts(em);
  await Promise.all(
    demoSignIns.map(({ email, name, password }) =>
      createSignIn(pool, { accountId: accountIds.get(email) ?? "", email, name, password }),
    ),
  );
}

async function assertFree(em: StatementRunner): Promise<void> {
  const urlNames = demoOrganizations.flatMap((organization) =>
    organization.sites.map((site) => site.urlName),
  );
  const domains = demoOrganizations.flatMap((organization) => organization.domains);
  const found = await findObstaclesStatement.run(em, [urlNames, domains]);
  if (found.length === 0) return;
  const list = found.map((row) => row.obstacle).join(", ");
  throw new Error(`The demo cannot be made here: another organization has ${list}. Use a new data folder.`);
}

async function insertOrganizations(em: StatementRunner): Promise<Map<string, string>> {
  const rows = await insertOrganizationsStatement.run(em, [
    JSON.stringify(demoOrganizations),
    sharedWords.distributionLists,
    sharedWords.bots,
  ]);
  return new Map(rows.map((row) => [row.name, row.id]));
}

async function insertAccounts(em: StatementRunner): Promise<Map<string, string>> {
  const rows = await insertAccountsStatement.run(em, [
    demoPeople.map((person) => person.email),
    demoPeople.map((person) => person.name),
  ]);
  return new Map(rows.map((row) => [row.email, row.id]));
}

async function insertGrants(
  em: StatementRunner,
  organizationIds: ReadonlyMap<string, string>,
): Promise<void> {
  const grants = demoPeople.flatMap((person) =>
    person.grants.map((grant) => ({
      email: person.email,
      role: grant.role,
      organizationId: organizationIds.get(person.organization),
      urlName: grant.site === undefined ? null : siteIn(grant.site).urlName,
      product: grant.product ?? null,
    })),
  );
  await insertGrantsStatement.run(em, [JSON.stringify(grants)]);
}
