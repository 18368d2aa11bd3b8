import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { MailToQueue } from "../../packages/server/src/platform/mail/outbox.ts";
import { query } from "../kit/query.ts";
import { openSchemaWorld, type SchemaWorld } from "../kit/schema-caller.ts";
import { testServices } from "../kit/services.ts";

describe("queueing mail", () => {
  const { outbox } = testServices();
  let world: SchemaWorld;

  beforeAll(async () => {
    world = await openSchemaWorld();
  });

  afterAll(async () => {
    await world?.close();
  });

  const mail = (about: string): MailToQueue => ({
    purpose: "test.greeting",
    about,
    to: "ada@acme.example",
    organizationId: null,
    accountId: null,
    letter: {
      subject: "A <greeting>",
      name: "Ada",
      paragraphs: ["Nothing but a greeting."],
      action: { label: "Open", path: "/recover/the-secret" },
      reason: "You asked for it.",
    },
  });

  it("happens once for the same purpose, subject and generation", async () => {
    await outbox.queue(world.em, mail("one"));
    await outbox.queue(world.em, mail("one"));
    await outbox.queue(world.em, { ...mail("one"), generation: 2 });
    const rows = await query(world.em, "select generation from mail_outbox where about = 'one' order by 1");
    expect(rows).toEqual([{ generation: 1 }, { generation: 2 }]);
  });

  it("is undone with its transaction", async () => {
    const failed = world.fork().transactional(async (tx) => {
      await outbox.queue(tx, mail("two"));
      throw new Error("the change fails");
    });
    await expect(failed).rejects.toThrow("the change fails");
    expect(await query(world.em, "select 1 from mail_outbox where about = 'two'")).toEqual([]);
  });

  it("keeps no link that lets somebody in where it can be read", async () => {
    await outbox.queue(world.em, mail("three"));
    const rows = await query<{ row: string; body: Buffer }>(
      world.em,
      "select m::text as row, body from mail_outbox m where about = 'three'",
    );
    expect(rows[0]?.row).not.toContain("the-secret");
    expect(rows[0]?.body.includes("the-secret")).toBe(false);
  });
});
