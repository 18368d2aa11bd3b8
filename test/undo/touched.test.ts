import { describe, expect, test } from "vitest";
import {
  makeCopyWorld,
  useDatabase,
  type CopyWorld,
  type Scope,
} from "../kinds/copy-customers/copy-world.ts";
import { digestOf, standingOf } from "../kinds/copy-customers/inspect.ts";
import { listCustomer, makeAccountOnSite, makePortalCustomer, makeRequest } from "../kit/factories.ts";
import { query } from "../kit/query.ts";
import {
  approve,
  beginUndo,
  domainTables,
  drive,
  loadUndo,
  makeApprover,
  migrationNow,
  planUndo,
  runCopy,
  setAside,
  undo,
  upgrade,
  withoutServices,
} from "./undo-world.ts";

const database = useDatabase(withoutServices);

type Who = "created" | "linked" | "coming" | "waiting" | "approved" | "upgraded";
/** What somebody did to a person between the run and the undo, and the reason the undo gives. */
interface Edit {
  who: Who;
  reason: RegExp;
  edit: (world: CopyWorld, email: string, scope: Scope) => Promise<unknown>;
}

const update =
  (sql: string): Edit["edit"] =>
  (world, email) =>
    query(world.em, sql, [world.destination.id, email]);
const portal = "(select id from portal_customer where site_id = $1 and email = $2)";
const account = "(select id from account where email = $2)";
const idOf = async (world: CopyWorld, sql: string, email: string): Promise<string> => {
  const rows = await query<{ id: string }>(
    world.em,
    `select x.id from (select ${sql.replaceAll("$1", "$1::uuid")} as id) x`,
    [world.destination.id, email],
  );
  return rows[0]?.id ?? "";
};
const portalId = (world: CopyWorld, email: string) => idOf(world, portal, email);
const accountId = async (world: CopyWorld, email: string) => {
  const rows = await query<{ id: string }>(world.em, "select id from account where email = $1", [email]);
  return rows[0]?.id ?? "";
};
const list = (key: "OPEN" | "SEC") =>
  `(select id from service_project where site_id = $1 and key = '${key}')`;

/** Twenty edits, each to another person. */
const edits: Edit[] = [
  {
    who: "created",
    reason: /^requests were raised with this account since$/,
    edit: async (world, email) =>
      makeRequest(world.em, world.destinationProjects.OPEN, {
        reporter: { portalCustomerId: await portalId(world, email) },
      }),
  },
  {
    who: "created",
    reason: /^requests were raised with this account since$/,
    edit: async (world, email) =>
      makeRequest(world.em, world.destinationProjects.OPEN, {
        participants: [{ portalCustomerId: await portalId(world, email) }],
      }),
  },
  {
    who: "created",
    reason: /^removed from the project list SEC since$/,
    edit: update(`delete from project_customer where portal_customer_id = ${portal}`),
  },
  {
    who: "created",
    reason: /^added to the project list OPEN since$/,
    edit: update(
      `insert into project_customer (project_id, portal_customer_id) values (${list("OPEN")}, ${portal})`,
    ),
  },
  {
    who: "created",
    reason: /^portal access was revoked since$/,
    edit: update("update portal_customer set active = false where site_id = $1 and email = $2"),
  },
  {
    who: "created",
    reason: /^renamed since$/,
    edit: update("update portal_customer set name = 'Another' where site_id = $1 and email = $2"),
  },
  {
    who: "created",
    reason: /^the kind of the account was changed since$/,
    edit: update("update portal_customer set kind = 'PERSON' where site_id = $1 and email = $2"),
  },
  {
    who: "created",
    reason: /^the portal-only account is gone/,
    edit: update("delete from portal_customer where site_id = $1 and email = $2"),
  },
  {
    who: "linked",
    reason: /^removed from the project list SEC since$/,
    edit: update(`delete from project_customer where portal_customer_id = ${portal}`),
  },
  {
    who: "linked",
    reason: /^requests were raised with this account since$/,
    edit: async (world, email) =>
      makeRequest(world.em, world.destinationProjects.SEC, {
        reporter: { portalCustomerId: await portalId(world, email) },
      }),
  },
  {
    who: "coming",
    reason: /^deactivated since$/,
    edit: update(`update site_account set active = false where site_id = $1 and account_id = ${account}`),
  },
  {
    who: "coming",
    reason: /^given the Customer role since$/,
    edit: update(
      `update site_account set customer_role = true where site_id = $1 and account_id = ${account}`,
    ),
  },
  {
    who: "coming",
    reason: /^the account is no longer on the site$/,
    edit: update(`delete from site_account where site_id = $1 and account_id = ${account}`),
  },
  {
    who: "coming",
    reason: /^removed from the imported group since$/,
    edit: update(
      `delete from user_group_member where group_id in (select id from user_group where site_id = $1) and account_id = ${account}`,
    ),
  },
  {
    who: "waiting",
    reason: /^approval in the imported group changed since$/,
    edit: update(
      `update user_group_member set approved = true where group_id in (select id from user_group where site_id = $1) and account_id = ${account}`,
    ),
  },
  {
    who: "approved",
    reason: /^requests were raised with this account since$/,
    edit: async (world, email) =>
      makeRequest(world.em, world.destinationProjects.OPEN, {
        reporter: { accountId: await accountId(world, email) },
      }),
  },
  {
    who: "upgraded",
    reason: /^the Customer role was taken away since$/,
    edit: update(
      `update site_account set customer_role = false where site_id = $1 and account_id = ${account}`,
    ),
  },
  {
    who: "upgraded",
    reason: /requests from before the upgrade were passed on or removed since$/,
    edit: update(
      `update request set reporter_account_id = null where site_id = $1 and reporter_account_id = ${account}`,
    ),
  },
  {
    who: "upgraded",
    reason: /no longer takes part in requests from before the upgrade$/,
    edit: update(
      `delete from request_participant where account_id = ${account} and request_id in (select id from request where site_id = $1)`,
    ),
  },
  {
    who: "upgraded",
    reason: /^a portal-only account was made for this address since$/,
    edit: (world, email) => makePortalCustomer(world.em, world.destination.id, { email }),
  },
];

async function addPerson(world: CopyWorld, who: Who, email: string): Promise<void> {
  const { em, source, destination, sourceProjects, destinationProjects } = world;
  if (who === "created" || who === "linked") {
    const { id } = await makePortalCustomer(em, source.id, { email });
    await listCustomer(em, sourceProjects.SEC.id, { portalCustomerId: id });
  } else {
    const { id } = await makeAccountOnSite(em, source.id, { email });
    await listCustomer(em, sourceProjects.SEC.id, { accountId: id });
  }
  if (who === "waiting" || who === "approved") {
    await makeAccountOnSite(em, destination.id, { email, customerRole: false });
  }
  if (who === "linked" || who === "upgraded") {
    const there = { portalCustomerId: (await makePortalCustomer(em, destination.id, { email })).id };
    await makeRequest(em, destinationProjects.OPEN, { reporter: there });
    await makeRequest(em, destinationProjects.OPEN, { participants: [there] });
  }
}

/** A run with everybody of the edits and as many others, decided upon as each needs it. */
async function arrange(): Promise<{ world: CopyWorld; scope: Scope; before: Record<string, string> }> {
  const world = await makeCopyWorld(database.fork());
  const { em } = world;
  await makeApprover(em);
  for (const [index, { who }] of edits.entries()) {
    await addPerson(world, who, world.mail(`edited${index}`));
    await addPerson(world, who, world.mail(`calm${index}`));
  }
  const { scope, before } = await runCopy(world);
  const approved = edits.flatMap(({ who }, index) =>
    who === "approved" ? [world.mail(`edited${index}`), world.mail(`calm${index}`)] : [],
  );
  const accounts = await query<{ id: string }>(em, "select id from account where email = any($1)", [
    approved,
  ]);
  await approve(
    em,
    scope,
    accounts.map((row) => row.id),
  );
  await upgrade(em, scope);
  return { world, scope, before };
}

async function editEverybody(world: CopyWorld, scope: Scope): Promise<Record<string, RegExp>> {
  const expected: Record<string, RegExp> = {};
  for (const [index, { edit, reason }] of edits.entries()) {
    const email = world.mail(`edited${index}`);
    await edit(world, email, scope);
    expected[email] = reason;
  }
  return expected;
}

function expectReasons(found: Record<string, string>, expected: Record<string, RegExp>): void {
  expect(Object.keys(found).toSorted()).toEqual(Object.keys(expected).toSorted());
  for (const [email, reason] of Object.entries(expected)) {
    expect(found[email], email).toMatch(reason);
  }
}

describe("twenty people touched between the run and the undo", () => {
  test("are exactly those set aside, each with its reason, and stay as they are now", async () => {
    const { world, scope } = await arrange();
    const { em } = world;
    const expected = await editEverybody(world, scope);
    expect(Object.keys(expected)).toHaveLength(20);
    const standings = async () =>
      Promise.all(Object.keys(expected).map((email) => standingOf(em, world.destination.id, email)));
    const now = await standings();
    const planned = await planUndo(em, scope);
    expectReasons(await setAside(em, planned.id), expected);
    expect(planned).toMatchObject({ setAsideCount: 20, restoreCount: 20 });
    await beginUndo(em, planned);
    await drive(em, scope.migrationId, 7);
    expect(await loadUndo(em, planned.id)).toMatchObject({ restoredCount: 20, refusedCount: 20 });
    expect(await standings()).toEqual(now);
    expect(await migrationNow(em, scope.migrationId)).toMatchObject({
      state: "UNDONE",
      undone: 20,
      setAside: 20,
    });
    for (const [index] of edits.entries()) {
      const item = await query(
        em,
        "select undone_at is null as stands from migration_item where migration_id = $1 and email = $2",
        [scope.migrationId, world.mail(`edited${index}`)],
      );
      expect(item).toEqual([{ stands: true }]);
    }
  });

  test("after the plan are set aside too, when their batch comes", async () => {
    const { world, scope } = await arrange();
    const { em } = world;
    const planned = await planUndo(em, scope);
    expect(planned).toMatchObject({ setAsideCount: 0, restoreCount: 40 });
    await beginUndo(em, planned);
    const expected = await editEverybody(world, scope);
    await drive(em, scope.migrationId, 7);
    expectReasons(await setAside(em, planned.id), expected);
    expect(await loadUndo(em, planned.id)).toMatchObject({ restoredCount: 20, refusedCount: 20 });
  });

  test("planning them changes nothing but the undo's own rows", async () => {
    const { world, scope } = await arrange();
    await editEverybody(world, scope);
    const tables = [...domainTables, "migration_item", "migration_journal"];
    const before = await digestOf(world.em, tables);
    await planUndo(world.em, scope);
    await planUndo(world.em, scope, { outcome: "SUCCESSFUL" }).catch(() => undefined);
    expect(await digestOf(world.em, tables)).toEqual(before);
  });

  test("leaves nobody aside when nobody was touched", async () => {
    const { world, scope, before } = await arrange();
    const done = await undo(world.em, scope);
    expect(done).toMatchObject({ restoredCount: 40, refusedCount: 0 });
    expect(await digestOf(world.em, domainTables)).toEqual(before);
  });
});

test("what a later run built upon stays: copied again since, and listed since", async () => {
  const world = await makeCopyWorld(database.fork());
  const { em } = world;
  await makeApprover(em);
  const email = world.mail("twice");
  await makePortalCustomer(em, world.source.id, { email });
  await makePortalCustomer(em, world.source.id, { email: world.mail("once") });
  const first = await runCopy(world);
  await query(em, "update portal_customer set active = false where site_id = $1 and email = $2", [
    world.source.id,
    world.mail("once"),
  ]);
  const second = await runCopy(world);
  expect(await setAside(em, (await planUndo(em, first.scope)).id)).toEqual({
    [email]: `copied again by MR-${second.scope.number} since`,
  });
  await undo(em, second.scope);
  await query(em, "update migration_undo set state = 'SUPERSEDED' where migration_id = $1", [
    first.scope.migrationId,
  ]);
  const done = await undo(em, first.scope);
  expect(done.refusedCount).toBe(0);
});
