import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  consumeProof,
  findProof,
  issueProof,
  type ProofBinding,
} from "../../packages/server/src/modules/proof/index.ts";
import { makeAccount } from "../kit/factories.ts";
import { query } from "../kit/query.ts";
import { openSchemaWorld, type SchemaWorld } from "../kit/schema-caller.ts";

describe("a proof of email control", () => {
  let world: SchemaWorld;
  let binding: ProofBinding;

  beforeAll(async () => {
    world = await openSchemaWorld();
    const account = await makeAccount(world.em, { email: "ada@acme.example" });
    binding = { purpose: "RESET_PASSWORD", email: account.email, accountId: account.id };
  });

  afterAll(async () => {
    await world?.close();
  });

  it("is found, and accepted once", async () => {
    const { proof, secret } = await issueProof(world.em, binding);
    expect(await findProof(world.em, secret, "RESET_PASSWORD")).toEqual(proof);
    expect(await consumeProof(world.em, secret, "RESET_PASSWORD")).toEqual(proof);
    expect(await findProof(world.em, secret, "RESET_PASSWORD")).toBeNull();
    expect(await consumeProof(world.em, secret, "RESET_PASSWORD")).toBeNull();
  });

  it("is given to one of ten who use it at the same time", async () => {
    const { secret } = await issueProof(world.em, binding);
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => consumeProof(world.fork(), secret, "RESET_PASSWORD")),
    );
    expect(answers.filter((answer) => answer !== null)).toHaveLength(1);
  });

  it("is none for another purpose", async () => {
    const { secret } = await issueProof(world.em, binding);
    expect(await consumeProof(world.em, secret, "VERIFY_EMAIL")).toBeNull();
  });

  it("ends when a newer one is made for the same things, and only then", async () => {
    const other = await makeAccount(world.em);
    const elsewhere = await issueProof(world.em, { ...binding, email: other.email, accountId: other.id });
    const first = await issueProof(world.em, binding);
    const second = await issueProof(world.em, binding);
    expect(await consumeProof(world.em, first.secret, "RESET_PASSWORD")).toBeNull();
    expect(await consumeProof(world.em, second.secret, "RESET_PASSWORD")).not.toBeNull();
    expect(await consumeProof(world.em, elsewhere.secret, "RESET_PASSWORD")).not.toBeNull();
  });

  it("runs out on the database's clock", async () => {
    const { proof, secret } = await issueProof(world.em, binding);
    expect(proof.expiresAt.getTime() - proof.createdAt.getTime()).toBe(10 * 60_000);
    await query(
      world.em,
      `update email_proof set created_at = created_at - interval '11 minutes', expires_at = expires_at - interval '11 minutes'
       where id = $1`,
      [proof.id],
    );
    expect(await consumeProof(world.em, secret, "RESET_PASSWORD")).toBeNull();
  });

  it("cannot be made to live longer than its purpose allows, nor be used after its end", async () => {
    const { proof } = await issueProof(world.em, binding);
    const change = (what: string): Promise<unknown> =>
      query(world.em, `update email_proof set ${what} where id = $1`, [proof.id]);
    await expect(change("expires_at = created_at + interval '11 minutes'")).rejects.toThrow("lifetime");
    await expect(change("consumed_at = expires_at + interval '1 second'")).rejects.toThrow("in_time");
  });

  it("is kept as a digest", async () => {
    const { secret } = await issueProof(world.em, binding);
    const rows = await query<{ row: string }>(world.em, "select p::text as row from email_proof p");
    expect(rows.some(({ row }) => row.includes(secret))).toBe(false);
  });
});
