import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeMigration } from "../kit/factories.ts";
import { insertRow, query } from "../kit/query.ts";
import { withoutEngine } from "../kit/database.ts";
import { openSchemaWorld, type Caller, type SchemaWorld } from "../kit/schema-caller.ts";
import { addMember, approve, makeReviewWorld } from "./review-world.ts";

const groupFields = `id name reviewState memberCount pendingCount approvedCount viewerCanDecide whoCanDecide
  site { id } migration { id name importedGroup { id } }
  gains { people openProjects restrictedProjects { key people } requests billableSeats }`;
const listDocument = `query Groups($organizationId: ID!, $pendingOnly: Boolean) {
  importedGroups(organizationId: $organizationId, pendingOnly: $pendingOnly) { ${groupFields} }
}`;
const membersDocument = `query Members($id: ID!, $first: Int, $after: String, $search: String, $pendingOnly: Boolean) {
  importedGroup(id: $id) { members(first: $first, after: $after, search: $search, pendingOnly: $pendingOnly) {
    edges { node { id approved projects requests account { email name } } } pageInfo { hasNextPage endCursor } totalCount
  } }
}`;

interface Members {
  edges: { node: { id: string; approved: boolean; account: { email: string } } }[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
  totalCount: number;
}

let world: SchemaWorld;

beforeAll(async () => {
  world = await openSchemaWorld(withoutEngine);
});
afterAll(() => world.close());

async function readMembers(caller: Caller, id: string, variables: object = {}): Promise<Members> {
  const data = await caller.data<{ importedGroup: { members: Members } }>(membersDocument, {
    id,
    ...variables,
  });
  return data.importedGroup.members;
}

describe("members", () => {
  it("come in the order of emails, page by page, searched and narrowed to those who wait", async () => {
    const review = await makeReviewWorld(world, { members: 0 });
    for (const email of ["c@abc.com", "a@abc.com", "d@abc.com", "b@abc.com"]) {
      await addMember(world, review, { email });
    }
    const { siteAdmin, groupId } = review;
    const whole = await readMembers(siteAdmin, groupId);
    const emails = (members: Members): string[] => members.edges.map(({ node }) => node.account.email);
    expect(emails(whole)).toEqual(["a@abc.com", "b@abc.com", "c@abc.com", "d@abc.com"]);
    expect(whole.totalCount).toBe(4);
    const page = await readMembers(siteAdmin, groupId, { first: 3 });
    expect(page.pageInfo.hasNextPage).toBe(true);
    expect(
      emails(await readMembers(siteAdmin, groupId, { first: 3, after: page.pageInfo.endCursor })),
    ).toEqual(["d@abc.com"]);

    const chosen = whole.edges[1]?.node.id ?? "";
    await query(world.em, "update account set name = 'Jo Searched' where id = $1", [chosen]);
    expect(emails(await readMembers(siteAdmin, groupId, { search: "sear" }))).toEqual(["b@abc.com"]);
    expect(emails(await readMembers(siteAdmin, groupId, { search: "C@A" }))).toEqual(["c@abc.com"]);
    await approve(siteAdmin, review, 4, { memberIds: [chosen] });
    const pending = await readMembers(siteAdmin, groupId, { pendingOnly: true });
    expect(emails(pending)).toEqual(["a@abc.com", "c@abc.com", "d@abc.com"]);
    expect(pending.totalCount).toBe(3);
    expect((await readMembers(siteAdmin, groupId)).edges.map(({ node }) => node.approved)).toEqual([
      false,
      true,
      false,
      false,
    ]);
  });

  it("and groups are read with as many statements for many as for one", async () => {
    const review = await makeReviewWorld(world, { members: 1 });
    const { organizationId, siteAdmin, groupId } = review;
    const readAll = async (): Promise<number> =>
      (await world.countStatements(() => siteAdmin.data(listDocument, { organizationId }))) +
      (await world.countStatements(() => readMembers(siteAdmin, groupId)));
    const few = await readAll();
    for (let index = 0; index < 10; index += 1) {
      await addMember(world, review);
      const migration = await makeMigration(
        world.em,
        { source: review.source, destination: review.destination },
        { state: "COMPLETED" },
      );
      await insertRow(world.em, "user_group", {
        site_id: review.destination.id,
        name: `Another ${index}`,
        migration_id: migration.id,
        review_state: "PENDING",
      });
    }
    expect(await readAll()).toBe(few);
    expect(few).toBeGreaterThan(8);
  });
});
