import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeGroup, makeProject, makeRequest } from "../kit/factories.ts";
import { insertRow, query } from "../kit/query.ts";
import { withoutEngine } from "../kit/database.ts";
import { openSchemaWorld, type Caller, type SchemaWorld } from "../kit/schema-caller.ts";
import {
  addMember,
  approve,
  approveDocument,
  decline,
  declineDocument,
  makeReviewWorld,
} from "./review-world.ts";

const missing = "01900000-0000-7000-8000-00000000dead";
const groupFields = `id name reviewState memberCount pendingCount approvedCount viewerCanDecide whoCanDecide
  site { id } migration { id name importedGroup { id } }
  gains { people openProjects restrictedProjects { key people } requests billableSeats }`;
const groupDocument = `query Group($id: ID!) { importedGroup(id: $id) { ${groupFields} } }`;
const listDocument = `query Groups($organizationId: ID!, $pendingOnly: Boolean) {
  importedGroups(organizationId: $organizationId, pendingOnly: $pendingOnly) { ${groupFields} }
}`;
const membersDocument = `query Members($id: ID!, $first: Int, $after: String, $search: String, $pendingOnly: Boolean) {
  importedGroup(id: $id) { members(first: $first, after: $after, search: $search, pendingOnly: $pendingOnly) {
    edges { node { id approved projects requests account { email name } } } pageInfo { hasNextPage endCursor } totalCount
  } }
}`;

interface Group {
  id: string;
  reviewState: string;
  viewerCanDecide: boolean;
  whoCanDecide: string[];
  gains: object;
}

let world: SchemaWorld;

beforeAll(async () => {
  world = await openSchemaWorld(withoutEngine);
});
afterAll(() => world.close());

async function readGroup(caller: Caller, id: string): Promise<Group | null> {
  return (await caller.data<{ importedGroup: Group | null }>(groupDocument, { id })).importedGroup;
}

describe("an imported group", () => {
  it("shows what approval gives: to whom it gives anything, and requests once each", async () => {
    const review = await makeReviewWorld(world, { members: 0 });
    const { em } = world;
    const site = review.destination.id;
    const plain = await addMember(world, review);
    const listedMember = await addMember(world, review);
    const hasRole = await addMember(world, review, { customerRole: true });
    const byGroup = await addMember(world, review);
    const gone = await addMember(world, review, { active: false });
    await makeGroup(em, site, { memberIds: [byGroup.id] });
    const everybody = [plain, listedMember, hasRole, byGroup, gone].map(({ id }) => ({ accountId: id }));
    await makeProject(em, site, { key: "ALL", access: "RESTRICTED", customers: everybody.slice(1) });
    const closed = await makeProject(em, site, { key: "CLOSED", access: "RESTRICTED" });
    await makeProject(em, (await makeReviewWorld(world)).destination.id, { key: "ELSEWHERE" });
    const both = { reporter: { accountId: plain.id }, participants: everybody };
    await makeRequest(em, review.openProject, both);
    await makeRequest(em, review.openProject, { participants: everybody.slice(1, 2) });
    await makeRequest(em, review.openProject, { reporter: { accountId: hasRole.id } });
    await makeRequest(em, review.openProject, { reporter: { accountId: gone.id } });
    await makeRequest(em, closed, both);

    const group = await readGroup(review.siteAdmin, review.groupId);
    expect(group).toMatchObject({
      memberCount: 5,
      pendingCount: 5,
      approvedCount: 0,
      reviewState: "PENDING",
      site: { id: site },
      migration: { id: review.migrationId, importedGroup: { id: review.groupId } },
      gains: {
        people: 2,
        openProjects: ["OPEN"],
        restrictedProjects: [{ key: "ALL", people: 1 }],
        requests: 2,
        billableSeats: 0,
      },
    });
    await approve(review.siteAdmin, review, 5);
    expect((await readGroup(review.siteAdmin, review.groupId))?.gains).toEqual({
      people: 0,
      openProjects: [],
      restrictedProjects: [],
      requests: 0,
      billableSeats: 0,
    });
  });

  it("is read by admins of either site and of the organization, decided by those of its own", async () => {
    const review = await makeReviewWorld(world);
    const { organizationId, source, destination, groupId } = review;
    const boss = await world.person([{ role: "ORGANIZATION_ADMIN", organizationId }], { name: "Bo Boss" });
    const sourceAdmin = await world.person([{ role: "SITE_ADMIN", organizationId, siteId: source.id }]);
    const elsewhere = await insertRow(world.em, "site", {
      organization_id: organizationId,
      name: "E",
      url_name: `e-${groupId}`,
    });
    const elsewhereAdmin = await world.person([{ role: "SITE_ADMIN", organizationId, siteId: elsewhere }]);
    const member = await world.person([{ role: "MEMBER", organizationId }]);

    const own = await readGroup(review.siteAdmin, groupId);
    expect(own).toMatchObject({ viewerCanDecide: true });
    expect(own?.whoCanDecide).toEqual([
      expect.stringContaining(`(${review.siteAdmin.actor?.email})`) as string,
      `Bo Boss (${boss.actor?.email})`,
    ]);
    expect(await readGroup(boss, groupId)).toMatchObject({ viewerCanDecide: true });
    expect(await readGroup(sourceAdmin, groupId)).toMatchObject({ viewerCanDecide: false });
    expect(await readGroup(elsewhereAdmin, groupId)).toBeNull();
    expect(await readGroup(member, groupId)).toBeNull();
    const listed = async (caller: Caller): Promise<number> =>
      (await caller.data<{ importedGroups: Group[] }>(listDocument, { organizationId })).importedGroups
        .length;
    expect([await listed(boss), await listed(sourceAdmin), await listed(elsewhereAdmin)]).toEqual([1, 1, 0]);
    expect(await member.errorCodes(listDocument, { organizationId })).toEqual(["FORBIDDEN"]);
    expect(destination.organizationId).toBe(organizationId);
  });

  it("leaves the list of waiting ones when it is approved or declined, and comes back with a late member", async () => {
    const review = await makeReviewWorld(world, { members: 1 });
    const { organizationId, siteAdmin } = review;
    const waiting = async (): Promise<number> =>
      (await siteAdmin.data<{ importedGroups: Group[] }>(listDocument, { organizationId, pendingOnly: true }))
        .importedGroups.length;
    expect(await waiting()).toBe(1);
    await approve(siteAdmin, review, 1);
    expect(await waiting()).toBe(0);
    await addMember(world, review);
    expect(await waiting()).toBe(1);
    await decline(siteAdmin, review, 1);
    expect(await waiting()).toBe(0);
    expect(await readGroup(siteAdmin, review.groupId)).toMatchObject({
      reviewState: "DECLINED",
      viewerCanDecide: false,
    });
  });

  it("is none that somebody made by hand", async () => {
    const review = await makeReviewWorld(world);
    const made = await makeGroup(world.em, review.destination.id);
    expect(await readGroup(review.siteAdmin, made.id)).toBeNull();
    const input = { groupId: made.id, expectedPending: 0 };
    expect(await review.siteAdmin.errorCodes(approveDocument, { input })).toEqual(["NOT_FOUND"]);
  });
});

describe("for another organization", () => {
  const documents: [string, string][] = [
    ["importedGroup", groupDocument],
    ["members", membersDocument],
    [
      "approveGroup",
      `mutation Q($id: ID!) { approveGroup(input: { groupId: $id, expectedPending: 3 }) { __typename ... on Refused { code message } } }`,
    ],
    [
      "approveGroup of some",
      `mutation Q($id: ID!) { approveGroup(input: { groupId: $id, memberIds: [$id], expectedPending: 3 }) { __typename ... on Refused { code message } } }`,
    ],
    [
      "declineGroup",
      `mutation Q($id: ID!) { declineGroup(input: { groupId: $id, reason: "x", expectedPending: 3 }) { __typename ... on Refused { code message } } }`,
    ],
  ];

  it.each(documents)("%s answers a group as one that does not exist", async (_name, document) => {
    const review = await makeReviewWorld(world);
    const own = await makeReviewWorld(world);
    const boss = await world.person([{ role: "ORGANIZATION_ADMIN", organizationId: own.organizationId }]);
    const member = await world.person([{ role: "MEMBER", organizationId: own.organizationId }]);
    for (const caller of [own.siteAdmin, boss, member, await world.person()]) {
      const theirs = await caller.answer(document, { id: review.groupId });
      expect(theirs).toEqual(await caller.answer(document, { id: missing }));
      expect(theirs).toEqual(await caller.answer(document, { id: "no id" }));
    }
    expect(await world.anonymous().errorCodes(document, { id: review.groupId })).toEqual(["UNAUTHENTICATED"]);
  });

  it("importedGroups answers as for an organization that does not exist", async () => {
    const review = await makeReviewWorld(world);
    const own = await makeReviewWorld(world);
    const theirs = await own.siteAdmin.answer(listDocument, { organizationId: review.organizationId });
    expect(theirs).toEqual(await own.siteAdmin.answer(listDocument, { organizationId: missing }));
    expect(theirs.errors).toMatchObject([{ extensions: { code: "NOT_FOUND" } }]);
  });

  it("approving changes nobody there, also when the ids of members are right", async () => {
    const review = await makeReviewWorld(world, { members: 1 });
    const own = await makeReviewWorld(world);
    const memberIds = review.members.map(({ id }) => id);
    const input = { groupId: review.groupId, memberIds, expectedPending: 1 };
    expect(await own.siteAdmin.errorCodes(approveDocument, { input })).toEqual(["NOT_FOUND"]);
    const refusal = { groupId: review.groupId, reason: "Mine", expectedPending: 1 };
    expect(await own.siteAdmin.errorCodes(declineDocument, { input: refusal })).toEqual(["NOT_FOUND"]);
    expect(await approve(own.siteAdmin, own, 3, { memberIds })).toMatchObject({ code: "INVALID_INPUT" });
    expect(
      await query(world.em, "select approved from user_group_member where group_id = $1", [review.groupId]),
    ).toEqual([{ approved: false }]);
  });
});
