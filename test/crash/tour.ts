import type { ApiClient } from "../kit/api-client.ts";
import { withClient } from "../kit/database.ts";
import type { World } from "../kit/world.ts";

/** How a tour reaches its server: the work is repeated until it is answered. */
export type Call = <T>(work: (client: ApiClient) => Promise<T>) => Promise<T>;

const people = Array.from(
  { length: 40 },
  (_value, index) => `crash${index}@example.com,Crash ${index},portal-only`,
);
const file = ["email,name,account type", ...people].join("\r\n");

interface Answer {
  __typename: string;
  message?: string;
  migration?: { id: string; state: string };
}

/**
 * The main job from an upload to the last decision, every step with an idempotency key: upload, apply, plan, approve,
 * run, approve the imported group, upgrade everybody who waits for it, undo those who got a new account.
 */
export async function takeTour(
  call: Call,
  world: World,
  databaseUrl: string,
  key: string,
  withUpload = true,
): Promise<string> {
  if (withUpload) {
    await uploadMore(call, world);
  }
  const created = await mutate(call, "createMigration", `${key}-create`, {
    kind: "COPY_CUSTOMERS",
    sourceSiteId: world.source.id,
    destinationSiteId: world.destination.id,
    allCustomers: true,
  });
  const id = created.migration?.id ?? "";
  await mutate(call, "planMigration", `${key}-plan`, { migrationId: id });
  await untilState(call, id, ["PLANNED"]);
  const fingerprint = await call(async (client) => {
    const { migration } = await client.query<{ migration: { plan: { fingerprint: string } } }>(
      `query Plan($id: ID!) { migration(id: $id) { plan { fingerprint } } }`,
      { id },
    );
    return migration.plan.fingerprint;
  });
  await mutate(call, "approveMigration", `${key}-approve`, {
    migrationId: id,
    fingerprint,
    confirmSiteName: world.destination.name,
  });
  await mutate(call, "startMigration", `${key}-start`, { migrationId: id });
  await untilState(call, id, ["COMPLETED", "COMPLETED_WITH_ATTENTION"]);
  await approveGroups(call, world, `${key}-group`);
  await untilProven(call, databaseUrl);
  await upgradeAll(call, id, `${key}-upgrade`);
  await untilProven(call, databaseUrl);
  await undoCreated(call, world, id, `${key}-undo`);
  await untilProven(call, databaseUrl);
  return id;
}

/** Uploads until a file is received, then applies it; a file cut off by a crash is nobody's and stays so. */
async function uploadMore(call: Call, world: World): Promise<void> {
  const importId = await call(async (client) => {
    const response = await client.upload(world.source.id, file, {
      fileKind: "CUSTOMERS",
      fileName: "more.csv",
    });
    const answer = (await response.json()) as { importFile: { id: string } };
    return answer.importFile.id;
  });
  await call(async (client) => {
    for (;;) {
      const { importFile } = await client.query<{ importFile: { state: string } }>(
        `query State($id: ID!) { importFile(id: $id) { state } }`,
        { id: importId },
      );
      if (importFile.state === "APPLIED") {
        return;
      }
      if (importFile.state === "PREVIEW") {
        await client.query(
          `mutation Apply($id: ID!) { applyImport(input: { importId: $id }) { __typename ... on Refused { message } } }`,
          { id: importId },
        );
      }
      await pause();
    }
  });
}

/** Sends a mutation under a key until it is answered; a refusal ends the tour. */
export async function mutate(
  call: Call,
  mutation: string,
  idempotencyKey: string,
  input: Record<string, unknown>,
  selection = "... on MigrationResult { migration { id state } }",
): Promise<Answer> {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  const answer = await call(async (client) => {
    const data = await client.query<Record<string, Answer>>(
      `mutation Do($input: ${type}!) { ${mutation}(input: $input) { __typename ... on Refused { message } ${selection} } }`,
      { input: { ...input, idempotencyKey } },
    );
    return data[mutation];
  });
  if (answer === undefined || answer.__typename === "Refused") {
    throw new Error(`${mutation}: ${answer?.message}`);
  }
  return answer;
}

async function untilState(call: Call, id: string, states: string[]): Promise<void> {
  await call(async (client) => {
    for (;;) {
      const { migration } = await client.query<{ migration: { state: string; failure: string | null } }>(
        `query State($id: ID!) { migration(id: $id) { state failure } }`,
        { id },
      );
      if (states.includes(migration.state)) {
        return;
      }
      if (migration.state === "FAILED") {
        throw new Error(`The run failed: ${migration.failure}`);
      }
      await pause();
    }
  });
}

async function approveGroups(call: Call, world: World, key: string): Promise<void> {
  const groups = await call(async (client) => {
    const data = await client.query<{ importedGroups: { id: string; pendingCount: number }[] }>(
      `query Groups($id: ID!) { importedGroups(organizationId: $id, pendingOnly: true) { id pendingCount } }`,
      { id: world.organizationId },
    );
    return data.importedGroups;
  });
  for (const [index, group] of groups.entries()) {
    const input = { groupId: group.id, expectedPending: group.pendingCount };
    await mutate(call, "approveGroup", `${key}-${index}`, input, "");
  }
}

async function upgradeAll(call: Call, id: string, key: string): Promise<void> {
  const filter = { problem: "DUPLICATE_ACCOUNTS_ON_DESTINATION", openAttention: true };
  const waiting = await call(async (client) => {
    const { migration } = await client.query<{ migration: { items: { totalCount: number } } }>(
      `query Waiting($id: ID!, $filter: MigrationItemFilter) { migration(id: $id) { items(first: 1, filter: $filter) { totalCount } } }`,
      { id, filter },
    );
    return migration.items.totalCount;
  });
  await mutate(call, "upgradeDuplicates", key, { migrationId: id, filter, expectedCount: waiting }, "");
}

/** Plans an undo of the people the run created, and carries it out. */
async function undoCreated(call: Call, world: World, migrationId: string, key: string): Promise<void> {
  const selection = "... on UndoSuccess { undo { id } }";
  await mutate(call, "planUndo", `${key}-plan`, { migrationId, scope: { effect: "CREATE" } }, selection);
  const planned = await untilUndo(call, migrationId, "PLANNED");
  const input = {
    undoId: planned.id,
    fingerprint: planned.fingerprint,
    confirmSiteName: world.destination.name,
  };
  await mutate(call, "startUndo", `${key}-start`, input, selection);
  await untilUndo(call, migrationId, "UNDONE");
}

async function untilUndo(
  call: Call,
  migrationId: string,
  state: string,
): Promise<{ id: string; fingerprint: string }> {
  return call(async (client) => {
    for (;;) {
      const { migration } = await client.query<{
        migration: { undos: { id: string; state: string; fingerprint: string; failure: string | null }[] };
      }>(`query Undos($id: ID!) { migration(id: $id) { undos { id state fingerprint failure } } }`, {
        id: migrationId,
      });
      const [newest] = migration.undos;
      if (newest?.state === state) {
        return newest;
      }
      if (newest?.state === "FAILED") {
        throw new Error(`The undo failed: ${newest.failure}`);
      }
      await pause();
    }
  });
}

/** Waits until the stored proof accounts for everything that changed access, keeping the server up meanwhile. */
async function untilProven(call: Call, databaseUrl: string): Promise<void> {
  for (;;) {
    await call((client) => client.query("{ viewer { __typename } }"));
    const stale = await withClient(databaseUrl, (client) =>
      client.query("select 1 from migration where access_version > proven_version"),
    );
    if (stale.rows.length === 0) {
      return;
    }
    await pause();
  }
}

/** Long enough that looking does not become most of a tour's work: many tours share the machine. */
function pause(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 120);
  });
}
