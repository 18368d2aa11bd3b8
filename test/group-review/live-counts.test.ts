import type { ExecutionResult } from "graphql";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Actor } from "../../packages/server/src/modules/sign-in/index.ts";
import { announce } from "../../packages/server/src/platform/events/announce.ts";
import { createLiveBus, type LiveBus } from "../../packages/server/src/platform/events/live-bus.ts";
import { createLogger } from "../../packages/server/src/platform/logging.ts";
import { query } from "../kit/query.ts";
import { withoutEngine } from "../kit/database.ts";
import { actorOf, openSchemaWorld, type Caller, type SchemaWorld } from "../kit/schema-caller.ts";
import { addMember, approve, makeReviewWorld, type ReviewWorld } from "./review-world.ts";

const attentionCount = `subscription Attention($organizationId: ID!) { count: attentionCount(organizationId: $organizationId) }`;
const groupReviews = `subscription Reviews($organizationId: ID!) { count: groupReviews(organizationId: $organizationId) }`;

let world: SchemaWorld;
let bus: LiveBus;
const open: AsyncIterator<ExecutionResult>[] = [];

beforeAll(async () => {
  world = await openSchemaWorld(withoutEngine);
  bus = createLiveBus(world.url, createLogger("silent"));
});
afterEach(async () => {
  for (const stream of open.splice(0)) {
    await stream.return?.();
  }
});
afterAll(async () => {
  await bus.close();
  await world.close();
});

/** The actor as the database has it now, as the server asks before each value. */
function refreshed(caller: Caller): () => Promise<Actor | null> {
  const { actor } = caller;
  return async () =>
    actor === null
      ? null
      : actorOf(world.fork(), { id: actor.accountId, email: actor.email, name: actor.name });
}

async function watch(
  caller: Caller,
  document: string,
  organizationId: string,
  refreshActor = refreshed(caller),
): Promise<AsyncIterator<ExecutionResult>> {
  const result = await caller.subscribe(document, { organizationId }, { bus, refreshActor });
  if (!(Symbol.asyncIterator in result)) {
    throw new Error(JSON.stringify(result.errors?.map((error) => error.extensions.code)));
  }
  const stream = result[Symbol.asyncIterator]();
  open.push(stream);
  return stream;
}

async function next(stream: AsyncIterator<ExecutionResult>): Promise<unknown> {
  const { value, done } = (await stream.next()) as IteratorResult<ExecutionResult, undefined>;
  return done === true ? "ended" : value.data?.count;
}

async function wake(review: ReviewWorld): Promise<void> {
  await announce(world.em, [`organization:${review.organizationId}`]);
}

describe.each([
  ["attentionCount", attentionCount, 3],
  ["groupReviews", groupReviews, 1],
])("%s", (_name, document, first) => {
  it("comes at once and again when an approval changes it", async () => {
    const review = await makeReviewWorld(world, { members: 3 });
    const stream = await watch(review.siteAdmin, document, review.organizationId);
    expect(await next(stream)).toBe(first);
    const changed = next(stream);
    await approve(review.siteAdmin, review, 3);
    expect(await changed).toBe(0);
  });

  it("is not sent again when a wake-up changed nothing", async () => {
    const review = await makeReviewWorld(world, { members: 3 });
    const stream = await watch(review.siteAdmin, document, review.organizationId);
    await next(stream);
    const changed = next(stream);
    await wake(review);
    const silent = new Promise((resolve) => {
      setTimeout(() => resolve("silent"), 1_200);
    });
    expect(await Promise.race([changed, silent])).toBe("silent");
    await approve(review.siteAdmin, review, 3);
    expect(await changed).toBe(0);
  });

  it("ends when the session has ended", async () => {
    const review = await makeReviewWorld(world);
    let signedIn = true;
    const refresh = refreshed(review.siteAdmin);
    const stream = await watch(review.siteAdmin, document, review.organizationId, async () =>
      signedIn ? refresh() : null,
    );
    await next(stream);
    signedIn = false;
    const ended = next(stream);
    await wake(review);
    expect(await ended).toBe("ended");
  });

  it("ends when the last role there is taken away", async () => {
    const review = await makeReviewWorld(world);
    const stream = await watch(review.siteAdmin, document, review.organizationId);
    await next(stream);
    await query(world.em, "delete from role_assignment where account_id = $1", [review.siteAdmin.accountId]);
    const ended = next(stream);
    await wake(review);
    expect(await ended).toBe("ended");
  });

  it("refuses another organization as one that does not exist, and members by who can grant it", async () => {
    const review = await makeReviewWorld(world);
    const foreign = await makeReviewWorld(world);
    const missing = "01900000-0000-7000-8000-00000000dead";
    const answer = async (caller: Caller, organizationId: string): Promise<string> => {
      const live = { bus, refreshActor: refreshed(caller) };
      return JSON.stringify(await caller.subscribe(document, { organizationId }, live));
    };
    const theirs = await answer(review.siteAdmin, foreign.organizationId);
    expect(theirs).toContain("NOT_FOUND");
    expect(theirs).toBe(await answer(review.siteAdmin, missing));
    const member = await world.person([{ role: "MEMBER", organizationId: review.organizationId }]);
    expect(await answer(member, review.organizationId)).toContain("FORBIDDEN");
    expect(await answer(world.anonymous(), review.organizationId)).toContain("UNAUTHENTICATED");
  });
});

describe("live counts", () => {
  it("come at most twice a second and end on the newest", async () => {
    const review = await makeReviewWorld(world, { members: 1 });
    const stream = await watch(review.siteAdmin, attentionCount, review.organizationId);
    expect(await next(stream)).toBe(1);
    const times: number[] = [Date.now()];
    const adding = (async () => {
      for (let index = 0; index < 12; index += 1) {
        await addMember(world, review);
        await wake(review);
      }
    })();
    let last: unknown;
    while (last !== 13) {
      last = await next(stream);
      times.push(Date.now());
    }
    await adding;
    // Over all of them: a single gap is shorter when the answer before it was read late.
    const span = (times.at(-1) ?? 0) - (times[0] ?? 0);
    expect(times.length - 1).toBeLessThanOrEqual(Math.ceil(span / 500));
    expect(times.length).toBeLessThan(13);
  });

  it("count for a site admin what is on their sites, for an organization admin everything", async () => {
    const review = await makeReviewWorld(world, { members: 2 });
    const { organizationId, source } = review;
    const boss = await world.person([{ role: "ORGANIZATION_ADMIN", organizationId }]);
    const sourceAdmin = await world.person([{ role: "SITE_ADMIN", organizationId, siteId: source.id }]);
    const read = async (caller: Caller, document: string): Promise<unknown> =>
      next(await watch(caller, document, organizationId));
    expect([await read(boss, attentionCount), await read(boss, groupReviews)]).toEqual([2, 1]);
    // The run is theirs to read, the group is not theirs to decide.
    expect([await read(sourceAdmin, attentionCount), await read(sourceAdmin, groupReviews)]).toEqual([2, 0]);
  });
});
