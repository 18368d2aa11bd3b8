import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { endProofs } from "../../packages/server/src/modules/proof/index.ts";
import { wipeAccountStatement } from "../../packages/server/src/modules/proof/sql/wipe-account.ts";
import { lockAccountStatement } from "../../packages/server/src/modules/recovery/sql/lock-account.ts";
import { endSessionsOf } from "../../packages/server/src/modules/sign-in/index.ts";
import type { EntityManager } from "../../packages/server/src/platform/database/orm.ts";
import { makeProductUser } from "../kit/product-user-factories.ts";
import { openServicesWorld, type ServicesWorld } from "./services-world.ts";

let of: ServicesWorld;

beforeAll(async () => {
  of = await openServicesWorld();
});
afterAll(() => of?.close());

const ends: [what: string, end: (tx: EntityManager, accountId: string) => Promise<unknown>][] = [
  ["when the account's sessions are ended", (tx, id) => endSessionsOf(tx, [id])],
  [
    "when its password is reset or its email changes",
    // Both lock the account before.
    async (tx, id) => {
      await lockAccountStatement.run(tx, [id]);
      await endProofs(tx, id);
    },
  ],
];

describe("a connection that waits", () => {
  it.each(ends)("ends %s: nothing is shown, and no link from before connects", async (_what, end) => {
    const person = await of.person();
    const login = await makeProductUser(of.world.em, of.product.id);
    const secret = await of.askForLink(person, { email: login.email });
    await of.world.fork().transactional((tx) => end(tx, person.accountId));
    expect((await of.services(person)).pending).toEqual([]);
    expect(await of.confirm(person, secret)).toMatchObject({ code: "INVALID_STATE" });
    expect(await of.accountOf(login.id)).toBeNull();
  });

  it.each(ends)("ends %s also before its mail was written", async (_what, end) => {
    const person = await of.person();
    const login = await makeProductUser(of.world.em, of.product.id);
    await of.ask(person, { email: login.email });
    await of.world.fork().transactional((tx) => end(tx, person.accountId));
    await of.grant();
    expect(await of.letters(login.email)).toEqual([]);
  });

  it.each(ends)("never outlives it %s at the same moment", async (_what, end) => {
    for (let round = 0; round < 5; round += 1) {
      const person = await of.person();
      const login = await makeProductUser(of.world.em, of.product.id);
      await of.ask(person, { email: login.email });
      const ending = of.world.fork().transactional((tx) => end(tx, person.accountId));
      await Promise.all([of.grant(), ending, of.grant()]);
      const { rows } = await of.pool.query(
        `select from email_proof where account_id = $1 and purpose = 'LINK_SERVICE' and consumed_at is null and revoked_at is null`,
        [person.accountId],
      );
      expect(rows).toEqual([]);
    }
  });

  it("goes with the first proof of the account, like every other thing somebody else may have left", async () => {
    const person = await of.person();
    await of.ask(person, { email: "somebody@example.com" });
    await of.world.fork().transactional((tx) => wipeAccountStatement.run(tx, [person.accountId]));
    expect((await of.services(person)).pending).toEqual([]);
  });

  it("goes on when only passwords are reset elsewhere", async () => {
    const person = await of.person();
    const login = await makeProductUser(of.world.em, of.product.id);
    const secret = await of.askForLink(person, { email: login.email });
    await of.world.fork().transactional((tx) => endProofs(tx, person.accountId, ["CHANGE_EMAIL"]));
    expect(await of.confirm(person, secret)).toMatchObject({ changedId: login.id });
  });
});

describe("granting", () => {
  it("by several servers at once writes one mail for each wish", async () => {
    const people = await Promise.all(Array.from({ length: 6 }, () => of.person()));
    const logins = await Promise.all(people.map(() => makeProductUser(of.world.em, of.product.id)));
    await Promise.all(people.map((person, index) => of.ask(person, { email: logins[index]?.email ?? "" })));
    await Promise.all([of.grant(), of.grant(), of.grant()]);
    await of.grant();
    for (const { email } of logins) {
      expect(await of.letters(email)).toHaveLength(1);
    }
  });

  it("removes what is over, with its links", async () => {
    const person = await of.person();
    const login = await makeProductUser(of.world.em, of.product.id);
    await of.askForLink(person, { email: login.email });
    await of.pool.query(
      `update service_wish set asked_at = asked_at - interval '10 minutes', expires_at = expires_at - interval '10 minutes' where account_id = $1`,
      [person.accountId],
    );
    await of.grant();
    const { rows } = await of.pool.query(
      `select (select count(*)::int from service_wish where account_id = $1) as wishes,
         (select count(*)::int from email_proof where account_id = $1 and purpose = 'LINK_SERVICE' and revoked_at is not null) as revoked`,
      [person.accountId],
    );
    expect(rows).toEqual([{ wishes: 0, revoked: 1 }]);
  });
});
