import http from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { grantWishes, mountRecovery } from "../../packages/server/src/modules/recovery/index.ts";
import { createLogger } from "../../packages/server/src/platform/logging.ts";
import express from "express";
import type { AddressInfo } from "node:net";
import type { Pool } from "pg";
import { openRecoveryWorld, type RecoveryWorld } from "./recovery-world.ts";

let world: RecoveryWorld;

beforeAll(async () => {
  world = await openRecoveryWorld();
});

afterAll(async () => {
  await world?.stop();
});

const wishes = ["request-password-reset", "send-verification"] as const;
/** Headers that differ from answer to answer by themselves. */
const passing = new Set(["date", "x-request-id"]);

async function send(url: string, email: string): Promise<string> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", origin: world.server.url },
    body: JSON.stringify({ email }),
  });
  const headers = [...response.headers].filter(([name]) => !passing.has(name));
  return JSON.stringify([response.status, headers, await response.text()]);
}

describe.each(wishes)("%s", (wish) => {
  it("answers the same for a known, an unknown, an unproven and an often asked address", async () => {
    const known = await world.person();
    const unproven = await world.unproven();
    const emails = [known.email, "nobody@example.com", unproven.email, known.email, known.email, known.email];
    const answers: string[] = [];
    for (const email of emails) {
      answers.push(await send(`${world.server.url}/api/recovery/${wish}`, email));
      await grantWishes({
        pool: world.server.pool,
        outbox: world.services.outbox,
        logger: createLogger("silent"),
      });
    }
    expect(new Set(answers)).toHaveLength(1);
    expect(JSON.parse(answers[0] ?? "")).toMatchObject([202, expect.anything(), "{}"]);
  });

  it("runs the same statements for a known and an unknown address", async () => {
    const known = await world.person();
    const ran = await recordStatements(wish, [known.email, "nobody@example.com"]);
    expect(ran[0]?.length).toBeGreaterThan(0);
    expect(ran[0]).toEqual(ran[1]);
    expect(ran[0]?.at(-1)).toContain("recovery.recordWish");
  });
});

describe("asking", () => {
  it("takes the address in any case, and never without its plus-tag", async () => {
    const tagged = await world.person("ada+work@example.com");
    await world.person("ada@example.com");
    await world.ask("request-password-reset", " Ada+Work@EXAMPLE.com ");
    expect(await world.letters(tagged.email)).toHaveLength(1);
    expect(await world.letters("ada@example.com")).toHaveLength(0);
  });

  it("names what is wrong with something that is no address", async () => {
    for (const wish of wishes) {
      expect(await world.post(`/api/recovery/${wish}`, { email: "ada at example" })).toMatchObject({
        status: 400,
        body: { code: "BAD_INPUT", field: "email" },
      });
    }
    expect(await world.post("/api/recovery/send-verification", { email: 1 })).toMatchObject({ status: 400 });
  });

  it("never sends more than three mails within the life of a link, and always leaves one that works", async () => {
    const { email } = await world.person();
    let newest = "";
    for (let round = 0; round < 6; round += 1) {
      const secret = await world.askForLink("request-password-reset", email);
      newest = secret;
      await world.server.pool.query(
        "update mail_outbox set created_at = created_at - interval '70 seconds' where to_address = $1",
        [email],
      );
    }
    expect(await world.letters(email)).toHaveLength(3);
    const look = await world.post("/api/recovery/proof", { secret: newest, purpose: "RESET_PASSWORD" });
    expect(look.status).toBe(200);
  });

  it("sends one mail for five clicks within a minute", async () => {
    const { email } = await world.person();
    await Promise.all(
      Array.from({ length: 5 }, () => world.post("/api/recovery/request-password-reset", { email })),
    );
    await world.ask("request-password-reset", email);
    expect(await world.letters(email)).toHaveLength(1);
  });

  it("is refused to pages of other sites", async () => {
    for (const origin of ["https://evil.example", "null", ""]) {
      const answer = await world.post(
        "/api/recovery/request-password-reset",
        { email: "ada@example.com" },
        { headers: { origin } },
      );
      expect(answer).toMatchObject({ status: 403, body: { code: "FORBIDDEN" } });
    }
  });

  it("is counted per client address, the same for whoever is asked for", async () => {
    const strict = await openRecoveryWorld({ REHOME_SIGN_INS_PER_MINUTE: "3" });
    try {
      const known = await strict.unproven();
      const answers = [];
      for (const email of [
        known.email,
        "nobody@example.com",
        known.email,
        known.email,
        "nobody@example.com",
      ]) {
        answers.push(await strict.post("/api/recovery/request-password-reset", { email }));
      }
      expect(answers.map(({ status }) => status)).toEqual([202, 202, 202, 429, 429]);
      expect(answers[3]).toEqual(answers[4]);
    } finally {
      await strict.stop();
    }
  });

  it("leads to the configured address when the request names another host", async () => {
    const { email } = await world.person();
    const { port } = new URL(world.server.url);
    const status = await new Promise((resolve, reject) => {
      const request = http.request(
        {
          port,
          host: "127.0.0.1",
          method: "POST",
          path: "/api/recovery/request-password-reset",
          headers: { host: "evil.example", origin: world.server.url, "content-type": "application/json" },
        },
        (response) => resolve(response.resume().statusCode),
      );
      request.on("error", reject).end(JSON.stringify({ email }));
    });
    expect(status).toBe(202);
    await world.ask("request-password-reset", email);
    const [letter] = await world.letters(email);
    expect(letter?.text).toContain(`${world.server.url}/recover/`);
    expect(`${letter?.text}${letter?.html}`).not.toContain("evil.example");
  });

  it("names whom people may ask", async () => {
    const response = await fetch(`${world.server.url}/api/recovery/contact`);
    expect(await response.json()).toEqual({ supportContact: "help@rehome.example" });
  });
});

/** The statements that one request for each address runs, through routes of their own over the same database. */
async function recordStatements(wish: string, emails: string[]): Promise<string[][]> {
  const ran: string[] = [];
  const note = (text: unknown): void => {
    ran.push(typeof text === "string" ? text : String((text as { text: string }).text));
  };
  const { pool } = world.server;
  const watched = new Proxy(pool, {
    get(target, name) {
      if (name === "query") {
        return (text: unknown, values: unknown[]) => {
          note(text);
          return target.query(text as string, values);
        };
      }
      if (name === "connect") {
        return async () => {
          const client = await target.connect();
          const query = client.query.bind(client) as typeof client.query;
          const release = client.release.bind(client);
          client.query = ((text: unknown, values: unknown[]) => {
            note(text);
            return Reflect.apply(query, undefined, [text, values]) as unknown;
          }) as typeof client.query;
          client.release = () => {
            client.query = query;
            release();
          };
          return client;
        };
      }
      return Reflect.get(target, name) as unknown;
    },
  }) as Pool;
  const app = express();
  mountRecovery(app, {
    pool: watched,
    outbox: world.services.outbox,
    logger: createLogger("silent"),
    allowedOrigins: [world.server.url],
    supportContact: null,
    loadActor: async () => null,
    requestsPerMinute: 1000,
    judgeSecondFactor: async () => null,
  });
  const server = app.listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as AddressInfo;
  const perEmail: string[][] = [];
  for (const email of emails) {
    ran.length = 0;
    await send(`http://127.0.0.1:${port}/api/recovery/${wish}`, email);
    perEmail.push([...ran]);
  }
  await new Promise((resolve) => server.close(resolve));
  return perEmail;
}
