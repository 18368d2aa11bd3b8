import {
  makeAccountOnSite,
  makeMigration,
  makeOrganization,
  makeProject,
  makeSite,
  nextNumber,
  type MadeSite,
} from "../kit/factories.ts";
import { insertRow, query } from "../kit/query.ts";
import type { Caller, SchemaWorld } from "../kit/schema-caller.ts";

/** A copy that has ended, its imported group with members waiting, and the people who may decide. */
export interface ReviewWorld {
  organizationId: string;
  source: MadeSite;
  destination: MadeSite;
  migrationId: string;
  groupId: string;
  groupName: string;
  /** Accounts of the pending members, in the order of their emails. */
  members: { id: string; email: string }[];
  openProject: { id: string; key: string };
  siteAdmin: Caller;
}

/** Each call makes an organization of its own. */
export async function makeReviewWorld(
  world: SchemaWorld,
  { members = 3, state = "COMPLETED_WITH_ATTENTION" }: { members?: number; state?: string } = {},
): Promise<ReviewWorld> {
  const { em } = world;
  const organizationId = (await makeOrganization(em)).id;
  const source = await makeSite(em, { organizationId });
  const destination = await makeSite(em, { organizationId });
  const siteAdmin = await world.person([{ role: "SITE_ADMIN", organizationId, siteId: destination.id }]);
  const migration = await makeMigration(em, { source, destination }, { state });
  const groupName = `Imported customers ${nextNumber()}`;
  const groupId = await insertRow(em, "user_group", {
    site_id: destination.id,
    name: groupName,
    migration_id: migration.id,
    review_state: "PENDING",
  });
  const openProject = await makeProject(em, destination.id, { key: "OPEN" });
  const made: ReviewWorld = {
    organizationId,
    source,
    destination,
    migrationId: migration.id,
    groupId,
    groupName,
    members: [],
    openProject,
    siteAdmin,
  };
  for (let index = 0; index < members; index += 1) {
    await addMember(world, made);
  }
  return made;
}

/** One more person of the run: a pending member with an applied item that requires attention. */
export async function addMember(
  { em }: SchemaWorld,
  review: ReviewWorld,
  overrides: { email?: string; active?: boolean; customerRole?: boolean } = {},
): Promise<{ id: string; email: string }> {
  const email = overrides.email ?? `m${String(nextNumber()).padStart(6, "0")}@abc.com`;
  const account = await makeAccountOnSite(em, review.destination.id, { ...overrides, email });
  await insertRow(
    em,
    "user_group_member",
    { group_id: review.groupId, account_id: account.id },
    "account_id",
  );
  const [{ ordinal } = { ordinal: 1 }] = await query<{ ordinal: number }>(
    em,
    `update migration set total_items = total_items + 1, applied_ordinal = applied_ordinal + 1,
       attention_count = attention_count + 1, open_attention_count = open_attention_count + 1
     where id = $1 returning total_items as ordinal`,
    [review.migrationId],
  );
  await insertRow(
    em,
    "migration_item",
    {
      migration_id: review.migrationId,
      ordinal,
      email,
      source_type: "ATLASSIAN_ACCOUNT",
      source_account_id: account.id,
      destination_state: "ACCOUNT_WITHOUT_ROLE",
      destination_type: "ATLASSIAN_ACCOUNT",
      destination_account_id: account.id,
      type_after: "ATLASSIAN_ACCOUNT",
      effect: "LINK",
      joins_group: true,
      planned_outcome: "REQUIRES_ATTENTION",
      outcome: "REQUIRES_ATTENTION",
      problem: "ACCOUNT_WITHOUT_CUSTOMER_ROLE",
      next_step: "REVIEW_GROUP",
    },
    "ordinal",
  );
  review.members.push({ id: account.id, email });
  return { id: account.id, email };
}

const answer = `__typename
  ... on ImportedGroupResult { group { id reviewState memberCount pendingCount approvedCount decisionReason decidedBy { id } } }
  ... on Refused { code field message whoCanGrant }`;
export const approveDocument = `mutation Approve($input: ApproveGroupInput!) { result: approveGroup(input: $input) { ${answer} } }`;
export const declineDocument = `mutation Decline($input: DeclineGroupInput!) { result: declineGroup(input: $input) { ${answer} } }`;

export interface DecisionResult {
  __typename: string;
  code?: string;
  field?: string | null;
  message?: string;
  whoCanGrant?: string[];
  group?: {
    id: string;
    reviewState: string;
    memberCount: number;
    pendingCount: number;
    approvedCount: number;
    decisionReason: string | null;
  };
}

export async function approve(
  caller: Caller,
  review: ReviewWorld,
  expectedPending: number,
  more: { memberIds?: string[]; idempotencyKey?: string } = {},
): Promise<DecisionResult> {
  const input = { groupId: review.groupId, expectedPending, ...more };
  return (await caller.data<{ result: DecisionResult }>(approveDocument, { input })).result;
}

export async function decline(
  caller: Caller,
  review: ReviewWorld,
  expectedPending: number,
  reason = "Not ours",
): Promise<DecisionResult> {
  const input = { groupId: review.groupId, expectedPending, reason };
  return (await caller.data<{ result: DecisionResult }>(declineDocument, { input })).result;
}

/** The outcome, problem, next step and resolution of every item, in the order of the plan. */
export async function itemsOf({ em }: SchemaWorld, review: ReviewWorld): Promise<Record<string, unknown>[]> {
  return query(
    em,
    `select outcome, problem, next_step, resolution, resolved_by from migration_item where migration_id = $1 order by ordinal`,
    [review.migrationId],
  );
}

/** The counters and the state of the migration. */
export async function countsOf({ em }: SchemaWorld, review: ReviewWorld): Promise<Record<string, unknown>> {
  const [row] = await query(
    em,
    `select state, successful_count, attention_count, open_attention_count from migration where id = $1`,
    [review.migrationId],
  );
  return row ?? {};
}

/** Types and payloads of the migration's events. */
export async function eventsOf(
  { em }: SchemaWorld,
  review: ReviewWorld,
): Promise<{ type: string; payload: Record<string, unknown> }[]> {
  return query(em, "select type, payload from migration_event where migration_id = $1 order by sequence", [
    review.migrationId,
  ]);
}

/** What an email reaches on the destination now. */
export async function reachOf({ em }: SchemaWorld, review: ReviewWorld, email: string): Promise<string[]> {
  const rows = await query<{ resource: string }>(
    em,
    "select resource from effective_access where site_id = $1 and email = $2 order by resource",
    [review.destination.id, email],
  );
  return rows.map((row) => row.resource);
}
