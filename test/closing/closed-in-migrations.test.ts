import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createMigration, planMigration, startMigration, untilEnded } from "../kit/migration-flow.ts";
import { makeWorld, until, uploadAndApply, type World } from "../kit/world.ts";
import { openClosingWorld, type ClosingWorld, type SignedIn } from "./closing-world.ts";

let world: ClosingWorld;

beforeAll(async () => {
  world = await openClosingWorld();
});
afterAll(() => world?.stop());

const projects = "key,name,access\r\nIT,IT,OPEN\r\nHR,HR,RESTRICTED\r\n";
const row = (email: string): string =>
  `email,full name,account type,customer role,projects\r\n${email},Ada Lovelace,Atlassian account,yes,HR\r\n`;

async function close(acme: World, person: SignedIn): Promise<void> {
  const { [acme.organizationId]: id = "" } = await world.asked(person);
  const decided = await world.decide(acme.admin, id, "approve");
  expect(decided).toMatchObject({ request: { state: "APPROVED" } });
}

const standing = (siteId: string, { accountId }: SignedIn): Promise<object | undefined> =>
  world.one(
    `select active, customer_role as role,
       (select count(*)::int from project_customer where account_id = $2) as lists
     from site_account where site_id = $1 and account_id = $2`,
    siteId,
    accountId,
  );

describe("a closed account", () => {
  it("comes deactivated with an upload, which says so on its row", async () => {
    const acme = await makeWorld(world.server, "Upload");
    await uploadAndApply(acme.admin, acme.source.id, projects, "PROJECTS");
    const mia = await world.signedIn([{ role: "MEMBER", organizationId: acme.organizationId }]);
    await close(acme, mia);
    const importId = await uploadAndApply(acme.admin, acme.source.id, row(mia.email), "CUSTOMERS");
    expect(await standing(acme.source.id, mia)).toEqual({ active: false, role: false, lists: 0 });
    const told = await world.one<{ warning: string }>(
      "select warning from customer_row where import_id = $1",
      importId,
    );
    expect(told?.warning).toContain("The account of this email was closed by request. It comes deactivated");
    // A projects file that comes later lists them nowhere either.
    await uploadAndApply(acme.admin, acme.source.id, projects.replace("IT,IT", "FIN,Finance"), "PROJECTS");
    expect(await standing(acme.source.id, mia)).toEqual({ active: false, role: false, lists: 0 });
  });

  it("is planned as deactivated, on the source and on the destination, with the reason", async () => {
    const acme = await makeWorld(world.server, "Plan");
    for (const { id } of [acme.source, acme.destination]) {
      await uploadAndApply(acme.admin, id, projects, "PROJECTS");
    }
    const grants = [{ role: "MEMBER" as const, organizationId: acme.organizationId }];
    const [onSource, onDestination] = [await world.signedIn(grants), await world.signedIn(grants)];
    await uploadAndApply(acme.admin, acme.source.id, row(onSource.email), "CUSTOMERS");
    await uploadAndApply(
      acme.admin,
      acme.source.id,
      `email,full name,account type\r\n${onDestination.email},Ada,portal-only\r\n`,
      "CUSTOMERS",
    );
    await world.put(onDestination, acme.destination.id);
    await close(acme, onSource);
    await close(acme, onDestination);
    const migrationId = await createMigration(acme);
    await planMigration(acme.admin, migrationId);
    const { rows } = await world.server.pool.query(
      "select email, effect, planned_outcome as outcome, problem, detail from migration_item where migration_id = $1",
      [migrationId],
    );
    const detail = expect.stringContaining("account was closed, as its owner had asked");
    expect(rows).toHaveLength(2);
    expect(rows).toContainEqual({
      email: onSource.email,
      effect: "NOT_COPIED",
      outcome: "REQUIRES_ATTENTION",
      problem: "INACTIVE_ON_SOURCE",
      detail,
    });
    expect(rows).toContainEqual({
      email: onDestination.email,
      effect: "UNCHANGED",
      outcome: "REQUIRES_ATTENTION",
      problem: "INACTIVE_ON_DESTINATION",
      detail,
    });
  });

  it("is explained by the access proof, and no undo of the run opens it", async () => {
    const acme = await makeWorld(world.server, "Undo");
    for (const { id } of [acme.source, acme.destination]) {
      await uploadAndApply(acme.admin, id, projects, "PROJECTS");
    }
    const mia = await world.signedIn([{ role: "MEMBER", organizationId: acme.organizationId }]);
    const another = "ben@undo.example,Ben,portal-only,,HR\r\n";
    await uploadAndApply(acme.admin, acme.source.id, `${row(mia.email)}${another}`, "CUSTOMERS");
    await world.put(mia, acme.destination.id);
    const migrationId = await startMigration(acme);
    await untilEnded(acme.admin, migrationId);
    expect(
      await world.one(
        "select effect from migration_item where migration_id = $1 and email = $2",
        migrationId,
        mia.email,
      ),
    ).toEqual({
      effect: "LINK",
    });
    await close(acme, mia);
    const proofAgain = async (): Promise<object | undefined> => {
      await world.server.pool.query(
        "update migration set access_version = access_version + 1 where id = $1",
        [migrationId],
      );
      await until(async () =>
        Boolean(
          await world.one(
            "select from migration where id = $1 and proven_version = access_version",
            migrationId,
          ),
        ),
      );
      return world.one(
        `select (m.proof ->> 'unexplained')::int as unexplained,
           (select array_agg(distinct d.cause) from access_difference d
            where d.migration_id = m.id and d.computation = m.proven_version and not d.gained) as lost
         from migration m where m.id = $1`,
        migrationId,
      );
    };
    expect(await proofAgain()).toEqual({ unexplained: 0, lost: ["ACCOUNT_CLOSED"] });

    const planned = await acme.admin.query<{ planUndo: { undo: { id: string } } }>(
      `mutation P($input: PlanUndoInput!) { planUndo(input: $input) { ... on UndoSuccess { undo { id } } ... on Refused { message } } }`,
      { input: { migrationId, scope: { everything: true } } },
    );
    const undoId = planned.planUndo.undo.id;
    await until(async () =>
      Boolean(await world.one("select from migration_undo where id = $1 and state = 'PLANNED'", undoId)),
    );
    const { fingerprint } = (await world.one<{ fingerprint: string }>(
      "select fingerprint from migration_undo where id = $1",
      undoId,
    )) ?? { fingerprint: "" };
    const set = await world.one<{ action: string; reason: string }>(
      `select u.action, u.reason from migration_undo_item u join migration_item i on i.migration_id = $2 and i.ordinal = u.ordinal
       where u.undo_id = $1 and i.email = $3`,
      undoId,
      migrationId,
      mia.email,
    );
    expect(set).toEqual({ action: "SET_ASIDE", reason: expect.stringContaining("deactivated since") });
    await acme.admin.query(
      `mutation S($input: StartUndoInput!) { startUndo(input: $input) { __typename ... on Refused { message } } }`,
      { input: { undoId, fingerprint, confirmSiteName: acme.destination.name } },
    );
    await until(async () =>
      Boolean(
        await world.one("select from migration_undo where id = $1 and finished_at is not null", undoId),
      ),
    );
    expect(
      await world.one(
        "select from portal_customer where email = 'ben@undo.example' and site_id = $1",
        acme.destination.id,
      ),
    ).toBeUndefined();
    expect(await standing(acme.destination.id, mia)).toEqual({ active: false, role: false, lists: 0 });
    expect(await world.one("select from closed_account where account_id = $1", mia.accountId)).toBeDefined();
  }, 60_000);

  it("is set aside by a run that was planned before", async () => {
    const acme = await makeWorld(world.server, "Drift");
    for (const { id } of [acme.source, acme.destination]) {
      await uploadAndApply(acme.admin, id, projects, "PROJECTS");
    }
    const mia = await world.signedIn([{ role: "MEMBER", organizationId: acme.organizationId }]);
    await uploadAndApply(acme.admin, acme.source.id, row(mia.email), "CUSTOMERS");
    const migrationId = await createMigration(acme);
    const fingerprint = await planMigration(acme.admin, migrationId);
    const answered = await acme.admin.query<{ approveMigration: { __typename: string } }>(
      `mutation A($input: ApproveMigrationInput!) { approveMigration(input: $input) { __typename } }`,
      { input: { migrationId, fingerprint, confirmSiteName: acme.destination.name } },
    );
    expect(answered.approveMigration.__typename).toBe("MigrationResult");
    await close(acme, mia);
    await acme.admin.query(
      `mutation S($input: StartMigrationInput!) { startMigration(input: $input) { __typename } }`,
      { input: { migrationId } },
    );
    await untilEnded(acme.admin, migrationId);
    expect(await standing(acme.destination.id, mia)).toBeUndefined();
    expect(await world.one("select detail from migration_item where migration_id = $1", migrationId)).toEqual(
      {
        detail: expect.stringContaining("no longer active on the source"),
      },
    );
  }, 60_000);
});
