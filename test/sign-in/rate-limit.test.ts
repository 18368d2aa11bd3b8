import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { consumeRateLimitStatement } from "../../packages/server/src/modules/sign-in/sql/consume-rate-limit.ts";
import { openSignInWorld, password, type SignInWorld } from "./sign-in-world.ts";

let world: SignInWorld;

beforeAll(async () => {
  world = await openSignInWorld({ signInsPerMinute: 3 });
});

afterAll(async () => {
  await world.close();
});

async function consume(key: string, window = 60, max = 3): Promise<{ count: number; seconds_left: number }> {
  return (await world.pool.query(consumeRateLimitStatement.text, [key, window, max])).rows[0];
}

describe("sign-ins per minute", () => {
  test("are counted in the database by address and path, and refused beyond the limit", async () => {
    const attempt = { body: { email: "nobody@example.com", password } };
    const answers: Response[] = [];
    for (let attempts = 0; attempts < 5; attempts += 1) {
      // A new forwarded address each time: a client cannot choose its own bucket.
      const headers = {
        "x-forwarded-for": `10.0.0.${attempts}`,
        "x-rehome-client-address": `10.0.0.${attempts}`,
      };
      answers.push(await world.send("/sign-in/email", { ...attempt, headers }));
    }
    expect(answers.map((answer) => answer.status)).toEqual([401, 401, 401, 429, 429]);
    const wait = Number(answers[3]?.headers.get("retry-after"));
    expect(wait).toBeGreaterThan(50);
    expect(wait).toBeLessThanOrEqual(60);
    const { rows } = await world.pool.query("select key, count from auth_rate_limit");
    expect(rows).toEqual([{ key: "127.0.0.1|/sign-in/email", count: 4 }]);
  });

  test("paths that are not open leave no rows behind", async () => {
    await world.send(`/nothing-here-${Date.now()}`);
    const { rows } = await world.pool.query("select 1 from auth_rate_limit where key like '%nothing%'");
    expect(rows).toEqual([]);
  });
});

describe("the statement", () => {
  test("counts many at once without losing one", async () => {
    const counted = await Promise.all(Array.from({ length: 20 }, () => consume("many", 60, 100)));
    expect(counted.map((row) => row.count).toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 20 }, (_, index) => index + 1),
    );
  });

  test("stops counting above the limit and keeps the window where it began", async () => {
    for (let requests = 0; requests < 6; requests += 1) {
      await consume("steady");
    }
    await world.pool.query(
      "update auth_rate_limit set window_started_at = now() - interval '59 seconds' where key = 'steady'",
    );
    const row = await consume("steady");
    expect(row.count).toBe(4);
    expect(row.seconds_left).toBeLessThanOrEqual(1);
  });

  test("starts again when the window is over", async () => {
    await consume("again", 60, 1);
    expect((await consume("again", 60, 1)).count).toBe(2);
    await world.pool.query(
      "update auth_rate_limit set window_started_at = now() - interval '60 seconds' where key = 'again'",
    );
    expect((await consume("again", 60, 1)).count).toBe(1);
  });

  test("clears rows nobody asked about for an hour, and no others", async () => {
    await consume("old");
    await consume("recent");
    await world.pool.query(
      "update auth_rate_limit set window_started_at = now() - interval '61 minutes' where key = 'old'",
    );
    await consume("third");
    const { rows } = await world.pool.query(
      "select key from auth_rate_limit where key in ('old', 'recent', 'third') order by 1",
    );
    expect(rows).toEqual([{ key: "recent" }, { key: "third" }]);
  });
});
