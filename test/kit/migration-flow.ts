import type { ApiClient } from "./api-client.ts";
import { until, type World } from "./world.ts";

interface MigrationAnswer {
  __typename: string;
  message?: string;
  code?: string;
  migration?: { id: string; state: string };
}

/** Creates a migration of all customers; returns its id. */
export async function createMigration(world: World, projectKeys?: string[]): Promise<string> {
  const data = await world.admin.query<{ createMigration: MigrationAnswer }>(
    `mutation Create($input: CreateMigrationInput!) {
       createMigration(input: $input) { __typename ... on Refused { message code } ... on MigrationResult { migration { id state } } }
     }`,
    {
      input: {
        kind: "COPY_CUSTOMERS",
        sourceSiteId: world.source.id,
        destinationSiteId: world.destination.id,
        allCustomers: projectKeys === undefined,
        projectKeys,
      },
    },
  );
  return migrationOf(data.createMigration).id;
}

/** Runs a mutation that takes only the migration; returns the answer, refused or not. */
export async function decide(
  client: ApiClient,
  mutation: string,
  migrationId: string,
): Promise<MigrationAnswer> {
  const input = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  const data = await client.query<Record<string, MigrationAnswer>>(
    `mutation Decide($input: ${input}!) {
       ${mutation}(input: $input) { __typename ... on Refused { message code } ... on MigrationResult { migration { id state } } }
     }`,
    { input: { migrationId } },
  );
  return data[mutation] ?? { __typename: "none" };
}

export async function stateOf(client: ApiClient, migrationId: string): Promise<string> {
  const data = await client.query<{ migration: { state: string } }>(
    `query State($id: ID!) { migration(id: $id) { state } }`,
    { id: migrationId },
  );
  return data.migration.state;
}

export async function planMigration(client: ApiClient, migrationId: string): Promise<string> {
  migrationOf(await decide(client, "planMigration", migrationId));
  await until(async () => (await stateOf(client, migrationId)) !== "CHECKING");
  const data = await client.query<{
    migration: { plan: { fingerprint: string } | null; failure: string | null };
  }>(`query Plan($id: ID!) { migration(id: $id) { failure plan { fingerprint } } }`, { id: migrationId });
  if (data.migration.plan === null) {
    throw new Error(`Planning failed: ${data.migration.failure}`);
  }
  return data.migration.plan.fingerprint;
}

export async function approveMigration(
  client: ApiClient,
  migrationId: string,
  fingerprint: string,
  siteName: string,
): Promise<MigrationAnswer> {
  const data = await client.query<{ approveMigration: MigrationAnswer }>(
    `mutation Approve($input: ApproveMigrationInput!) {
       approveMigration(input: $input) { __typename ... on Refused { message code } ... on MigrationResult { migration { id state } } }
     }`,
    { input: { migrationId, fingerprint, confirmSiteName: siteName } },
  );
  return data.approveMigration;
}

/** Creates, plans, approves and starts; returns the id without waiting for the end. */
export async function startMigration(world: World): Promise<string> {
  const id = await createMigration(world);
  const fingerprint = await planMigration(world.admin, id);
  migrationOf(await approveMigration(world.admin, id, fingerprint, world.destination.name));
  migrationOf(await decide(world.admin, "startMigration", id));
  return id;
}

export async function untilEnded(client: ApiClient, migrationId: string, seconds = 60): Promise<string> {
  let state = "";
  await until(async () => {
    state = await stateOf(client, migrationId);
    return ["COMPLETED", "COMPLETED_WITH_ATTENTION", "FAILED", "CANCELLED"].includes(state);
  }, seconds);
  return state;
}

function migrationOf(answer: MigrationAnswer): { id: string; state: string } {
  if (answer.migration === undefined) {
    throw new Error(`${answer.__typename}: ${answer.code} ${answer.message}`);
  }
  return answer.migration;
}
