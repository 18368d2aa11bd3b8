import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Migration0013KeptCounts } from "../../packages/server/migrations/0013-kept-counts.ts";
import { countSiteStatement } from "../../packages/server/src/modules/directory/sql/count-site.ts";
import { foldSiteCountsStatement } from "../../packages/server/src/modules/retention/sql/fold-site-counts.ts";
import { mendBothTypesStatement } from "../../packages/server/src/modules/retention/sql/mend-both-types.ts";
import { siteCountsTrueStatement } from "../../packages/server/src/modules/invariants/sql/site-counts-true.ts";
import { runnerOn } from "../../packages/server/src/platform/database/client-runner.ts";
import type { StatementRunner } from "../../packages/server/src/platform/database/statement.ts";
import { createTestDatabase, type TestDatabase } from "../kit/database.ts";
import {
  makeAccount,
  makeAccountOnSite,
  makePortalCustomer,
  makeProject,
  makeRequest,
  makeSite,
} from "../kit/factories.ts";
import { query } from "../kit/query.ts";

let database: TestDatabase;
let clients: pg.Client[];
let em: StatementRunner;
let other: StatementRunner;
let third: StatementRunner;

beforeAll(async () => {
  database = await createTestDatabase();
  clients = [1, 2, 3].map(() => new pg.Client({ connectionString: database.url }));
  await Promise.all(clients.map((client) => client.connect()));
  [em, other, third] = clients.map((client) => runnerOn(client)) as [
    StatementRunner,
    StatementRunner,
    StatementRunner,
  ];
});
afterAll(async () => {
  await Promise.all(clients.map((client) => client.end()));
  await database.drop();
});

/** The site's counts as the page shows them, the group's part of the role left out. */
async function counts(siteId: string, on = em): Promise<object> {
  const [row] = await countSiteStatement.run(on, [[siteId]]);
  const { siteId: _id, ...rest } = row ?? { siteId };
  return rest;
}

const none = {
  accounts: 0,
  accountsWithCustomerRole: 0,
  portalCustomers: 0,
  deactivated: 0,
  requests: 0,
  bothTypes: 0,
};

async function violations(): Promise<object[]> {
  return siteCountsTrueStatement.run(em);
}

/** A site with an account, the same person's portal-only account, another one and a request. */
async function makePeople(): Promise<{ siteId: string; accountId: string; portalId: string; email: string }> {
  const site = await makeSite(em);
  const account = await makeAccountOnSite(em, site.id, { customerRole: true });
  const portal = await makePortalCustomer(em, site.id, { email: account.email });
  await makePortalCustomer(em, site.id, { active: false });
  await makeRequest(em, await makeProject(em, site.id));
  return { siteId: site.id, accountId: account.id, portalId: portal.id, email: account.email };
}

const made = {
  accounts: 1,
  accountsWithCustomerRole: 1,
  portalCustomers: 2,
  deactivated: 1,
  requests: 1,
  bothTypes: 1,
};

describe("the counts kept of a site", () => {
  it("follow what is added, changed and removed", async () => {
    const { siteId, accountId, portalId } = await makePeople();
    expect(await counts(siteId)).toEqual(made);
    await query(em, "update site_account set active = false, customer_role = false where account_id = $1", [
      accountId,
    ]);
    await query(em, "update portal_customer set active = true where site_id = $1", [siteId]);
    expect(await counts(siteId)).toEqual({ ...made, accountsWithCustomerRole: 0 });
    await query(em, "delete from portal_customer where id = $1", [portalId]);
    expect(await counts(siteId)).toMatchObject({ portalCustomers: 1, bothTypes: 0, deactivated: 1 });
    await query(em, "delete from site_account where account_id = $1", [accountId]);
    await query(em, "delete from request where site_id = $1", [siteId]);
    await query(em, "delete from portal_customer where site_id = $1", [siteId]);
    expect(await counts(siteId)).toEqual(none);
    expect(await violations()).toEqual([]);
  });

  it("follow upserts that add some people and change others in one statement", async () => {
    const { siteId, email } = await makePeople();
    await query(
      em,
      `insert into portal_customer (site_id, email, active) values ($1, $2, false), ($1, 'new@upsert.example', true)
       on conflict (site_id, email) do update set active = excluded.active`,
      [siteId, email],
    );
    expect(await counts(siteId)).toEqual({ ...made, portalCustomers: 3, deactivated: 2 });
    expect(await violations()).toEqual([]);
  });

  it("write nothing for a change that counts nowhere", async () => {
    const { siteId } = await makePeople();
    const rows = async (): Promise<number> => (await query(em, "select 1 from site_count")).length;
    const before = await rows();
    await query(em, "update portal_customer set name = name || '!' where site_id = $1", [siteId]);
    expect(await rows()).toBe(before);
  });

  it("go back with a transaction, and nobody waits for another one's", async () => {
    const { siteId } = await makePeople();
    await query(em, "begin");
    await makePortalCustomer(em, siteId);
    await query(other, "set lock_timeout = '2s'");
    await makePortalCustomer(other, siteId);
    expect(await counts(siteId, other)).toEqual({ ...made, portalCustomers: 3 });
    await query(em, "rollback");
    expect(await counts(siteId)).toEqual({ ...made, portalCustomers: 3 });
    expect(await violations()).toEqual([]);
  });

  it("stay the same when two servers fold them at once, beside somebody who writes", async () => {
    const { siteId } = await makePeople();
    await query(other, "begin");
    await makePortalCustomer(other, siteId);
    for (let more = 1; more > 0;) {
      const folds = await Promise.all([em, third].map((on) => foldSiteCountsStatement.run(on, [1_000])));
      more = folds.flat().reduce((sum, { swept }) => sum + swept, 0);
    }
    expect(await query(em, "select 1 from site_count where site_id = $1", [siteId])).toHaveLength(1);
    await query(other, "commit");
    expect(await counts(siteId)).toEqual({ ...made, portalCustomers: 3 });
    expect(await violations()).toEqual([]);
  });
});

describe("emails of both types", () => {
  it("are found whichever type comes first, by the statement and by thousands", async () => {
    const site = await makeSite(em);
    const insert = async (table: "portal_customer" | "site_account", from: number, to: number) =>
      query(
        em,
        table === "portal_customer"
          ? `insert into portal_customer (site_id, email) select $1, n || '@pair.example' from generate_series($2::int, $3::int) n`
          : `insert into site_account (site_id, account_id) select $1, a.id from generate_series($2::int, $3::int) n
             join account a on a.email = n || '@pair.example'`,
        [site.id, from, to],
      );
    await query(
      em,
      `insert into account (email) select n || '@pair.example' from generate_series(1, 50000) n`,
    );
    await insert("portal_customer", 1, 10);
    await insert("site_account", 6, 15);
    expect(await counts(site.id)).toMatchObject({ bothTypes: 5 });
    await insert("portal_customer", 11, 30_000);
    expect(await counts(site.id)).toMatchObject({ bothTypes: 10 });
    await insert("site_account", 16, 25_000);
    expect(await counts(site.id)).toMatchObject({ bothTypes: 24_995 });
    expect(await violations()).toEqual([]);
    await query(em, "delete from site_account where site_id = $1", [site.id]);
    expect(await counts(site.id)).toMatchObject({ bothTypes: 0 });
  });

  it("on one site are nobody's business on another", async () => {
    const { email } = await makePeople();
    const site = await makeSite(em);
    await makePortalCustomer(em, site.id, { email });
    expect(await counts(site.id)).toEqual({ ...none, portalCustomers: 1 });
    expect(await violations()).toEqual([]);
  });

  it("follow an email that changes", async () => {
    const { siteId, accountId, portalId } = await makePeople();
    await query(em, "update portal_customer set email = 'elsewhere@change.example' where id = $1", [
      portalId,
    ]);
    expect(await counts(siteId)).toMatchObject({ bothTypes: 0 });
    await query(em, "update account set email = 'elsewhere@change.example' where id = $1", [accountId]);
    expect(await counts(siteId)).toMatchObject({ bothTypes: 1 });
    await query(em, "update portal_customer set id = new_id() where id = $1", [portalId]);
    expect(await counts(siteId)).toMatchObject({ bothTypes: 1 });
    expect(await violations()).toEqual([]);
  });

  it("that two transactions wrote without seeing each other are found by the sweep", async () => {
    const site = await makeSite(em);
    const late = await makePortalCustomer(em, site.id);
    const account = await makeAccount(em, { email: "both@race.example" });
    await query(em, "begin");
    await makePortalCustomer(em, site.id, { email: account.email });
    await query(other, "insert into site_account (site_id, account_id) values ($1, $2)", [
      site.id,
      account.id,
    ]);
    await query(em, "commit");
    // And one that is there no longer: the pair is made while its portal-only account is being removed.
    const lateAccount = await makeAccount(em, { email: late.email });
    await query(em, "begin");
    await query(em, "insert into site_account (site_id, account_id) values ($1, $2)", [
      site.id,
      lateAccount.id,
    ]);
    await query(other, "delete from portal_customer where id = $1", [late.id]);
    await query(em, "commit");
    expect(await violations()).toHaveLength(2);

    expect(await mendBothTypesStatement.run(em, [1_000, 60])).toEqual([{ swept: 2 }]);
    expect(await violations()).toEqual([]);
    expect(await counts(site.id)).toMatchObject({ bothTypes: 1 });
    expect(await mendBothTypesStatement.run(em, [1_000, 60])).toEqual([{ swept: 0 }]);
  });
});

describe("a database from before", () => {
  it("gets the counts of what is in it", async () => {
    const { siteId } = await makePeople();
    await query(em, "begin");
    try {
      await query(em, "drop function keep_site_counts, pair_portal_customers, pair_accounts cascade");
      await query(em, "drop function part_portal_customers, part_accounts, pair_anew cascade");
      await query(em, "drop table site_count, both_types");
      const migration = new Migration0013KeptCounts(undefined as never, undefined as never);
      migration.up();
      for (const sql of migration.getQueries()) {
        await query(em, sql as string);
      }
      expect(await counts(siteId)).toEqual(made);
      expect(await violations()).toEqual([]);
      await makePortalCustomer(em, siteId);
      expect(await counts(siteId)).toEqual({ ...made, portalCustomers: 3 });
    } finally {
      await query(em, "rollback");
    }
  });
});
