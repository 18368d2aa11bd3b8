import { Readable } from "node:stream";
import { setTimeout as wait } from "node:timers/promises";
import type { ApiClient } from "../kit/api-client.ts";

/** Milliseconds between two looks at something that goes on in the background. */
const pause = 50;

export async function createSite(
  client: ApiClient,
  organizationId: string,
  name: string,
  urlName: string,
): Promise<string> {
  const data = await client.query<{ createSite: { site?: { id: string }; message?: string } }>(
    `mutation Site($input: CreateSiteInput!) { createSite(input: $input) { ... on SiteResult { site { id } } ... on Refused { message } } }`,
    { input: { organizationId, name, urlName } },
  );
  if (data.createSite.site === undefined) {
    throw new Error(data.createSite.message);
  }
  return data.createSite.site.id;
}

/** Sends a file and waits until it is staged. Returns the import and how many rows it has. */
export async function upload(
  client: ApiClient,
  siteId: string,
  fileKind: string,
  text: AsyncIterable<string | Buffer>,
): Promise<{ id: string; rows: number }> {
  const boundary = "rehome-bench-boundary";
  const response = await client.fetch("/api/imports", {
    method: "POST",
    headers: { "Content-Type": `multipart/form-data; boundary=${boundary}` },
    body: Readable.toWeb(Readable.from(multipart(boundary, siteId, fileKind, text))) as ReadableStream,
    duplex: "half",
  } as RequestInit);
  const answer = (await response.json()) as { importFile: { id: string }; error?: { message: string } };
  if (response.status !== 201) {
    throw new Error(`Upload: ${response.status} ${answer.error?.message}`);
  }
  const { id } = answer.importFile;
  const { importFile } = await client.query<{ importFile: { totalRows: number } }>(
    `query Rows($id: ID!) { importFile(id: $id) { totalRows } }`,
    { id },
  );
  return { id, rows: importFile.totalRows };
}

/** Pieces of 64 KiB: row by row the sender would be the slow part. */
async function* multipart(
  boundary: string,
  siteId: string,
  fileKind: string,
  text: AsyncIterable<string | Buffer>,
): AsyncGenerator<Buffer> {
  const field = (name: string, value: string): string =>
    `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
  yield Buffer.from(
    `${field("siteId", siteId)}${field("fileKind", fileKind)}--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="bench.csv"\r\nContent-Type: text/csv\r\n\r\n`,
  );
  yield* inPieces(text);
  yield Buffer.from(`\r\n--${boundary}--\r\n`);
}

/** Joins small pieces of text to pieces of 64 KiB; passes buffers on as they are. */
export async function* inPieces(text: AsyncIterable<string | Buffer>): AsyncGenerator<Buffer> {
  let pending = "";
  for await (const piece of text) {
    if (typeof piece !== "string") {
      yield piece;
      continue;
    }
    pending += piece;
    if (pending.length > 65_536) {
      yield Buffer.from(pending);
      pending = "";
    }
  }
  yield Buffer.from(pending);
}

export async function apply(client: ApiClient, importId: string): Promise<void> {
  await client.query(`mutation Apply($id: ID!) { applyImport(input: { importId: $id }) { __typename } }`, {
    id: importId,
  });
  for (;;) {
    const { importFile } = await client.query<{ importFile: { state: string; failure: string | null } }>(
      `query State($id: ID!) { importFile(id: $id) { state failure } }`,
      { id: importId },
    );
    if (importFile.state === "APPLIED") {
      return;
    }
    if (importFile.state === "FAILED" || importFile.failure !== null) {
      throw new Error(`Import failed: ${importFile.failure}`);
    }
    await wait(pause);
  }
}

export async function createMigration(
  client: ApiClient,
  sourceSiteId: string,
  destinationSiteId: string,
): Promise<string> {
  const data = await client.query<{ createMigration: { migration: { id: string } } }>(
    `mutation Create($input: CreateMigrationInput!) { createMigration(input: $input) { ... on MigrationResult { migration { id } } } }`,
    { input: { kind: "COPY_CUSTOMERS", sourceSiteId, destinationSiteId, allCustomers: true } },
  );
  return data.createMigration.migration.id;
}

/** Plans and returns the fingerprint to approve. */
export async function plan(client: ApiClient, id: string): Promise<string> {
  await decide(client, `planMigration(input: { migrationId: "${id}" })`);
  await untilState(client, id, ["PLANNED", "DRAFT"]);
  const { migration } = await client.query<{ migration: { plan: { fingerprint: string } } }>(
    `query Plan($id: ID!) { migration(id: $id) { plan { fingerprint } } }`,
    { id },
  );
  return migration.plan.fingerprint;
}

/** Makes one decision; a refusal is an error here. */
export async function decide(client: ApiClient, call: string): Promise<void> {
  const data = await client.query<Record<string, { message?: string }>>(
    `mutation { ${call} { ... on Refused { message } } }`,
  );
  const message = Object.values(data)[0]?.message;
  if (message !== undefined) {
    throw new Error(message);
  }
}

/** Waits for one of the states and returns it. */
export async function untilState(client: ApiClient, id: string, states: readonly string[]): Promise<string> {
  for (;;) {
    const { migration } = await client.query<{ migration: { state: string } }>(
      `query State($id: ID!) { migration(id: $id) { state } }`,
      { id },
    );
    if (states.includes(migration.state)) {
      return migration.state;
    }
    await wait(pause);
  }
}
