import type { ApiClient } from "./api-client.ts";
import { uploadAndApply, type World } from "./world.ts";

/** A brake as the API tells it. */
export interface ToldBrake {
  brake: string;
  percent: number;
  leastPeople: number;
  most: number;
  forecast: number | null;
  wouldTrip: boolean;
  counted: number;
  trippedAt: string | null;
  trip: { counted: number; most: number; from: number; to: number; examples: string[] } | null;
  releasedAt: string | null;
  releaseReason: string | null;
  releasedBy: { email: string } | null;
}

interface Answer {
  __typename: string;
  code?: string;
  message?: string;
  whoCanGrant?: string[];
}

/** The brakes of a migration by name. */
export async function brakesOf(client: ApiClient, migrationId: string): Promise<Record<string, ToldBrake>> {
  const { migration } = await client.query<{ migration: { brakes: ToldBrake[] } }>(
    `query Brakes($id: ID!) { migration(id: $id) { brakes {
       brake percent leastPeople most forecast wouldTrip counted trippedAt
       trip { counted most from to examples } releasedAt releaseReason releasedBy { email }
     } } }`,
    { id: migrationId },
  );
  return Object.fromEntries(migration.brakes.map((brake) => [brake.brake, brake]));
}

export async function setBrakeLimits(
  client: ApiClient,
  organizationId: string,
  limits: { brake: string; percent: number; leastPeople: number }[],
): Promise<Answer> {
  const { setBrakeLimits: answer } = await client.query<{ setBrakeLimits: Answer }>(
    `mutation Limits($input: SetBrakeLimitsInput!) {
       setBrakeLimits(input: $input) { __typename ... on Refused { code message whoCanGrant } }
     }`,
    { input: { organizationId, limits } },
  );
  return answer;
}

export async function releaseBrake(
  client: ApiClient,
  migrationId: string,
  brake: string,
  reason: string,
): Promise<Answer> {
  const { releaseBrake: answer } = await client.query<{ releaseBrake: Answer }>(
    `mutation Release($input: ReleaseBrakeInput!) {
       releaseBrake(input: $input) { __typename ... on Refused { code message whoCanGrant } }
     }`,
    { input: { migrationId, brake, reason } },
  );
  return answer;
}

/**
 * 120 people, in the order of the plan: 40 portal-only the destination knows nothing of, 40 portal-only it has an
 * account of (merges), 20 accounts new to it (seats), and 20 accounts whose portal-only account there they hide (losses).
 */
export async function addBrakePeople(world: World, domain: string): Promise<void> {
  const people = (from: number, count: number, type: string): string[] =>
    Array.from({ length: count }, (_value, index) => `p${from + index}@${domain},P ${from + index},${type}`);
  const header = "email,name,account type";
  const portal = [...people(1, 80, "portal-only")];
  const source = [header, ...portal, ...people(81, 40, "Atlassian account")].join("\r\n");
  const there = [header, ...people(41, 40, "Atlassian account"), ...people(101, 20, "portal-only")].join(
    "\r\n",
  );
  await uploadAndApply(world.admin, world.source.id, source, "CUSTOMERS");
  await uploadAndApply(world.admin, world.destination.id, there, "CUSTOMERS");
}

/** What the brakes must have counted: the same people, counted off the items that have an outcome. */
export const countedItemsSql = `select
  count(*) filter (where effect = 'LINK' and type_after = 'BOTH')::int as "LOSSES",
  count(*) filter (where effect = 'LINK' and source_type = 'PORTAL_ONLY' and destination_type = 'ATLASSIAN_ACCOUNT')::int as "MERGES",
  count(*) filter (where effect = 'LINK' and source_type = 'ATLASSIAN_ACCOUNT' and destination_type in ('NONE', 'PORTAL_ONLY'))::int as "NEW_SEATS",
  count(*) filter (where problem = 'COULD_NOT_BE_WRITTEN')::int as "FAILURES",
  count(*) filter (where problem = 'DUPLICATE_ACCOUNTS_ON_DESTINATION')::int as "DUPLICATES"
  from migration_item where migration_id = $1 and outcome is not null`;
