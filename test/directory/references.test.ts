// Why one long file: every reference that triggers keep is held to the same promises in the same small world.
import { randomUUID } from "node:crypto";
import type { MikroORM } from "@mikro-orm/postgresql";
import { afterAll, beforeAll, expect, test } from "vitest";
import { entities } from "../../packages/server/src/entities.ts";
import { openOrm, type EntityManager } from "../../packages/server/src/platform/database/orm.ts";
import { createTestDatabase, type TestDatabase } from "../kit/database.ts";
import {
  makeMigration,
  makePortalCustomer,
  makeProject,
  makeRequest,
  makeSite,
  makeAccountOnSite,
} from "../kit/factories.ts";
import { query } from "../kit/query.ts";

// References that statements check once instead of once per row keep the promise of a foreign key.
let database: TestDatabase;
let orm: MikroORM;

beforeAll(async () => {
  database = await createTestDatabase();
  orm = await openOrm(database.url, entities, 4);
});
afterAll(async () => {
  await orm.close();
  await database.drop();
});

interface World {
  organizationId: string;
  siteId: string;
  accountId: string;
  portalCustomerId: string;
  projectId: string;
  migrationId: string;
}

const children: [child: string, column: string, parent: string, parentId: (world: World) => string][] = [
  ["portal_customer", "site_id", "site", ({ siteId }) => siteId],
  ["site_account", "site_id", "site", ({ siteId }) => siteId],
  ["request", "site_id", "site", ({ siteId }) => siteId],
  ["request", "project_id", "service_project", ({ projectId }) => projectId],
  ["project_customer", "project_id", "service_project", ({ projectId }) => projectId],
];

async function makeWorld(em: EntityManager): Promise<World> {
  const site = await makeSite(em);
  const other = await makeSite(em, { organizationId: site.organizationId });
  const portalCustomer = await makePortalCustomer(em, site.id);
  const account = await makeAccountOnSite(em, site.id);
  const project = await makeProject(em, site.id, {
    customers: [{ portalCustomerId: portalCustomer.id }, { accountId: account.id }],
  });
  await makeRequest(em, project);
  const { id } = await makeMigration(em, { source: other, destination: site });
  return {
    organizationId: site.organizationId,
    siteId: site.id,
    accountId: account.id,
    portalCustomerId: portalCustomer.id,
    projectId: project.id,
    migrationId: id,
  };
}

async function rolledBack(work: (em: EntityManager, world: World) => Promise<void>): Promise<void> {
  const em = orm.em.fork();
  await em.begin();
  try {
    await work(em, await makeWorld(em));
  } finally {
    await em.rollback();
  }
}

test.each(children)("a row of %s needs the %s of its %s", async (child, column) => {
  await rolledBack(async (em) => {
    await expect(query(em, `update ${child} set ${column} = $1`, [randomUUID()])).rejects.toMatchObject({
      code: "23503",
      constraint: `${child}_${column}_fkey`,
    });
  });
});

test.each(children)(
  "while %s names a parent by %s, that %s can neither go nor change its id",
  async (...given) => {
    const [child, column, parent, parentId] = given;
    for (const change of [
      `delete from ${parent} where id = $1`,
      `update ${parent} set id = new_id() where id = $1`,
    ]) {
      await rolledBack(async (em, world) => {
        // Only the reference in question is left.
        for (const [other, otherColumn] of children) {
          if (other !== child || otherColumn !== column) {
            await query(em, `drop trigger ${other}_${otherColumn}_fkey on ${parentOf(other, otherColumn)}`);
          }
        }
        await query(em, "delete from migration where id = $1", [world.migrationId]);
        if (parent === "site") {
          await query(em, "alter table service_project drop constraint service_project_site_id_fkey");
        }
        await expect(query(em, change, [parentId(world)])).rejects.toMatchObject({
          code: "23503",
          constraint: `${child}_${column}_fkey`,
        });
      });
    }
  },
);

test.each(children)(
  "rows of %s written with triggers off are found when their %s names nothing",
  async (child, column) => {
    await rolledBack(async (em) => {
      expect(await query(em, "select * from find_missing_parents()")).toEqual([]);
      await query(em, `alter table ${child} disable trigger user`);
      await query(em, `update ${child} set ${column} = $1`, [randomUUID()]);
      expect(await query(em, "select * from find_missing_parents()")).toEqual([
        { child, parent_column: column },
      ]);
    });
  },
);

test("an insert names its parent, too, and a parent without children may go", async () => {
  await rolledBack(async (em) => {
    const { id } = await makeSite(em);
    await query(em, "delete from site where id = $1", [id]);
    await expect(makePortalCustomer(em, id)).rejects.toMatchObject({ code: "23503" });
  });
});

const entryOf = { account_id: "accountId", portal_customer_id: "portalCustomerId" } as const;

test.each(["account_id", "portal_customer_id"] as const)(
  "an entry of a list needs the %s it names, whether it is added, changed or was restored",
  async (column) => {
    const missing = { code: "23503", constraint: `project_customer_${column}_fkey` };
    const add = `insert into project_customer (project_id, ${column}) values ($1, $2)`;
    const change = `update project_customer set ${column} = $1 where ${column} is not null`;
    await rolledBack(async (em, { projectId }) => {
      await expect(query(em, add, [projectId, randomUUID()])).rejects.toMatchObject(missing);
    });
    await rolledBack(async (em) => {
      await expect(query(em, change, [randomUUID()])).rejects.toMatchObject(missing);
    });
    await rolledBack(async (em) => {
      await query(em, "alter table project_customer disable trigger user");
      await query(em, change, [randomUUID()]);
      expect(await query(em, "select * from find_missing_parents()")).toEqual([
        { child: "project_customer", parent_column: column },
      ]);
    });
  },
);

test("a portal-only account takes its list entries along, and an account with entries stays", async () => {
  await rolledBack(async (em, { portalCustomerId }) => {
    await query(em, "delete from portal_customer where id = $1", [portalCustomerId]);
    const left = "select from project_customer where portal_customer_id is not null";
    expect(await query(em, left)).toEqual([]);
    expect(await query(em, "select from project_customer where account_id is not null")).toHaveLength(1);
  });
  await rolledBack(async (em, { accountId }) => {
    await query(em, "delete from site_account where account_id = $1", [accountId]);
    await expect(query(em, "delete from account where id = $1", [accountId])).rejects.toMatchObject({
      code: "23503",
      constraint: "project_customer_account_id_fkey",
    });
  });
});

test.each(Object.keys(entryOf) as (keyof typeof entryOf)[])(
  "while a list names somebody by %s, their id stays",
  async (column) => {
    await rolledBack(async (em, world) => {
      await query(em, "delete from site_account");
      const parent = column === "account_id" ? "account" : "portal_customer";
      await expect(
        query(em, `update ${parent} set id = new_id() where id = $1`, [world[entryOf[column]]]),
      ).rejects.toMatchObject({ code: "23503", constraint: `project_customer_${column}_fkey` });
    });
  },
);

test("a decision about a person needs who decided, and a follow-up its migration", async () => {
  const item = `insert into migration_item (migration_id, ordinal, destination_state, destination_type, type_after, effect, planned_outcome)
    values ($1, 1, 'NOTHING', 'NONE', 'NONE', 'NOT_COPIED', 'FAILED')`;
  for (const [column, parent] of [
    ["resolved_by", "account"],
    ["follow_up_id", "migration"],
  ] as const) {
    const constraint = `migration_item_${column}_fkey`;
    const name = `update migration_item set ${column} = $1`;
    await rolledBack(async (em, { migrationId }) => {
      await query(em, item, [migrationId]);
      await expect(query(em, name, [randomUUID()])).rejects.toMatchObject({ code: "23503", constraint });
    });
    await rolledBack(async (em, { migrationId, accountId, siteId, organizationId }) => {
      await query(em, item, [migrationId]);
      const site = { id: siteId, organizationId };
      const other = await makeMigration(em, { source: await makeSite(em), destination: site });
      const parentId = parent === "account" ? accountId : other.id;
      await query(em, name, [parentId]);
      await query(em, "delete from site_account");
      await query(em, "delete from project_customer");
      await expect(query(em, `delete from ${parent} where id = $1`, [parentId])).rejects.toMatchObject({
        code: "23503",
        constraint,
      });
    });
  }
});

test("the items of a migration need it and go with it", async () => {
  await rolledBack(async (em, { migrationId }) => {
    const insert = `insert into migration_item (migration_id, ordinal, destination_state, destination_type, type_after, effect, planned_outcome)
      values ($1, 1, 'NOTHING', 'NONE', 'NONE', 'NOT_COPIED', 'FAILED')`;
    await query(em, insert, [migrationId]);
    await query(em, "delete from migration where id = $1", [migrationId]);
    expect(await query(em, "select from migration_item where migration_id = $1", [migrationId])).toEqual([]);
    await expect(query(em, insert, [migrationId])).rejects.toMatchObject({
      code: "23503",
      constraint: "migration_item_migration_id_fkey",
    });
  });
});

test("items of a second migration in one transaction, and items that change their migration, need it as well", async () => {
  const insert = `insert into migration_item (migration_id, ordinal, destination_state, destination_type, type_after, effect, planned_outcome)
    select id, 1, 'NOTHING', 'NONE', 'NONE', 'NOT_COPIED', 'FAILED' from unnest($1::uuid[]) id`;
  const missing = { code: "23503", constraint: "migration_item_migration_id_fkey" };
  await rolledBack(async (em, { migrationId }) => {
    await expect(query(em, insert, [[migrationId, randomUUID()]])).rejects.toMatchObject(missing);
  });
  await rolledBack(async (em, { migrationId }) => {
    await query(em, insert, [[migrationId]]);
    await expect(
      query(em, "update migration_item set migration_id = $1", [randomUUID()]),
    ).rejects.toMatchObject(missing);
  });
  await rolledBack(async (em, { migrationId }) => {
    await query(em, insert, [[migrationId]]);
    await query(em, "alter table migration_item disable trigger user");
    await query(em, "update migration_item set migration_id = $1", [randomUUID()]);
    expect(await query(em, "select * from find_missing_parents()")).toEqual([
      { child: "migration_item", parent_column: "migration_id" },
    ]);
  });
});

test("a migration cannot go while a transaction adds its first item", async () => {
  const setup = orm.em.fork();
  const source = await makeSite(setup);
  const destination = await makeSite(setup, { organizationId: source.organizationId });
  const { id } = await makeMigration(setup, { source, destination });
  const adding = orm.em.fork();
  await adding.begin();
  await query(
    adding,
    `insert into migration_item (migration_id, ordinal, destination_state, destination_type, type_after, effect, planned_outcome)
     values ($1, 1, 'NOTHING', 'NONE', 'NONE', 'NOT_COPIED', 'FAILED')`,
    [id],
  );
  const removing = query(orm.em.fork(), "delete from migration where id = $1", [id]);
  const first = await Promise.race([removing.then(() => "gone"), untilWaiting(setup)]);
  expect(first).toBe("waits");
  await adding.commit();
  await removing;
  expect(await query(setup, "select from migration_item where migration_id = $1", [id])).toEqual([]);
});

test("a parent cannot go while a transaction adds a child, and not after it either", async () => {
  const setup = orm.em.fork();
  const site = await makeSite(setup);
  const adding = orm.em.fork();
  await adding.begin();
  await makePortalCustomer(adding, site.id);
  const removing = query(orm.em.fork(), "delete from site where id = $1", [site.id]);
  const first = await Promise.race([
    removing.then(
      () => "gone",
      () => "refused",
    ),
    untilWaiting(setup),
  ]);
  expect(first).toBe("waits");
  await adding.commit();
  await expect(removing).rejects.toMatchObject({ code: "23503", constraint: "portal_customer_site_id_fkey" });
});

function parentOf(child: string, column: string): string {
  return children.find(([name, key]) => name === child && key === column)?.[2] ?? "";
}

/** Resolves when a statement of this database waits for a lock. */
async function untilWaiting(em: EntityManager): Promise<string> {
  for (;;) {
    const waiting = await query(
      em,
      "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
    );
    if (waiting.length > 0) {
      return "waits";
    }
    await new Promise((resolve) => {
      setTimeout(resolve, 10);
    });
  }
}
