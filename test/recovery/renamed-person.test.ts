import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { secretIn } from "../kit/letters.ts";
import { startMigration, untilEnded } from "../kit/migration-flow.ts";
import { makeWorld, until, uploadSamples } from "../kit/world.ts";
import { freshPassword, openRecoveryWorld, type RecoveryWorld } from "./recovery-world.ts";

describe("a person of a run whose email changed", () => {
  let world: RecoveryWorld;

  beforeAll(async () => {
    world = await openRecoveryWorld();
  });

  afterAll(async () => {
    await world?.stop();
  });

  it("is found by the access proof under the address that the run's rows keep", async () => {
    const { pool } = world.server;
    const acme = await makeWorld(world.server);
    await uploadSamples(acme);
    const migrationId = await startMigration(acme);
    await untilEnded(acme.admin, migrationId);
    const { rows } = await pool.query<{ email: string }>(
      `select i.email from migration_item i join account a on a.email = i.email
       join reaching_account r on r.account_id = a.id and r.site_id = $2
       where i.migration_id = $1 order by i.ordinal limit 1`,
      [migrationId, acme.destination.id],
    );
    const email = rows[0]?.email ?? "";
    await changeEmail(email, "moved@new.example");

    await pool.query("update migration set access_version = access_version + 1 where id = $1", [migrationId]);
    await until(async () => {
      const found = await pool.query(
        "select from migration where id = $1 and proven_version = access_version",
        [migrationId],
      );
      return found.rowCount === 1;
    });
    const proof = await pool.query(
      "select (proof ->> 'unexplained')::int as unexplained from migration where id = $1",
      [migrationId],
    );
    expect(proof.rows).toEqual([{ unexplained: 0 }]);
  });

  it("makes a plan over its sites stale", async () => {
    const acme = await makeWorld(world.server, "Stale");
    const email = "person@elsewhere.example";
    await world.server.pool.query(
      `with person as (insert into account (email, name) values ($2, 'Ada') returning id)
       insert into site_account (site_id, account_id) select $1, id from person`,
      [acme.source.id, email],
    );
    const changes = async () =>
      (await world.server.pool.query("select from directory_change where site_id = $1", [acme.source.id]))
        .rowCount ?? 0;
    const before = await changes();
    await changeEmail(email, "elsewhere@new.example");
    expect(await changes()).toBe(before + 1);
  });

  it("may not hide the portal-only account of the new address", async () => {
    const acme = await makeWorld(world.server, "Shadow");
    const email = "owner@elsewhere.example";
    await world.server.pool.query(
      `with person as (insert into account (email, name) values ($2, 'Ada') returning id),
       present as (insert into site_account (site_id, account_id) select $1, id from person)
       insert into portal_customer (site_id, email, name) values ($1, 'portal@new.example', 'Ada')`,
      [acme.source.id, email],
    );
    await expect(changeEmail(email, "portal@new.example")).rejects.toThrow(
      "portal@new.example is a portal-only account on Shadow Support",
    );
  });

  /** The whole way: the account is finished by its owner, who then asks for another address and confirms it. */
  async function changeEmail(email: string, newEmail: string): Promise<void> {
    const secret = await world.askForLink("send-verification", email);
    await world.post("/api/recovery/finish-account", { secret, password: freshPassword, name: "Moved" });
    const { cookie } = await world.signIn(email, freshPassword);
    await world.post("/api/recovery/change-email", { newEmail, password: freshPassword }, { cookie });
    const link = secretIn((await world.letters(newEmail)).at(-1));
    const answer = await world.post("/api/recovery/change-email/confirm", { secret: link }, { cookie });
    if (answer.status !== 200) {
      throw new Error(String(answer.body.message));
    }
  }
});
