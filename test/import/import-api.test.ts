import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ApiClient } from "../kit/api-client.ts";
import { startTestServer, type TestServer } from "../kit/server.ts";
import { makePerson, makeWorld, until, type World } from "../kit/world.ts";
import { csv } from "./upload-desk.ts";

let server: TestServer;
let world: World;
let stranger: ApiClient;
beforeAll(async () => {
  server = await startTestServer();
  world = await makeWorld(server, "Acme");
  stranger = (await makeWorld(server, "Other")).admin;
});
afterAll(() => server.stop());

const fields = `id fileKind fileName state isCorrection bytes totalRows goodRows badRows warningRows failure failureCode
  createdAt appliedAt createdBy { email } site { id name }
  columns { header index field matchedBy }
  effects { newPeople updatedPeople duplicates unknownProjectKeys unknownReporters }`;

const apply = `mutation Apply($input: ApplyImportInput!) {
  applyImport(input: $input) { __typename ... on Refused { code message } ... on ImportFileResult { importFile { id state appliedAt goodRows } } }
}`;

interface Rows {
  importFile: {
    rows: {
      totalCount: number;
      pageInfo: { hasNextPage: boolean; endCursor: string | null };
      edges: { node: { rowNumber: number; state: string; problem: string | null; warning: string | null } }[];
    };
  };
}

const people = csv(
  "email,name,account type,projects",
  "a@example.com,Ann,portal-only,",
  "b@example.com,Bo,Atlassian account,GONE",
  "nope,Cy,portal-only,",
  "A@example.com,Ann,portal-only,",
  "d@example.com,Di,portal-only,",
);

async function upload(content: string, client = world.admin): Promise<string> {
  const response = await client.upload(world.source.id, content, { fileName: "people.csv" });
  expect(response.status).toBe(201);
  return ((await response.json()) as { importFile: { id: string } }).importFile.id;
}

test("an upload is shown with its columns, counts and effects", async () => {
  const id = await upload(people);
  const { importFile } = await world.admin.query<{ importFile: unknown }>(
    `query One($id: ID!) { importFile(id: $id) { ${fields} } }`,
    { id },
  );
  expect(importFile).toMatchObject({
    id,
    fileKind: "CUSTOMERS",
    fileName: "people.csv",
    state: "PREVIEW",
    isCorrection: false,
    bytes: people.length,
    totalRows: 5,
    goodRows: 3,
    badRows: 1,
    warningRows: 1,
    failure: null,
    appliedAt: null,
    createdBy: { email: "admin@acme.example" },
    site: { id: world.source.id, name: "Acme Support" },
    effects: {
      newPeople: 3,
      updatedPeople: 0,
      duplicates: 1,
      unknownProjectKeys: ["GONE"],
      unknownReporters: 0,
    },
  });
  expect((importFile as { columns: unknown[] }).columns[2]).toEqual({
    header: "account type",
    index: 2,
    field: "accountType",
    matchedBy: "exact",
  });
});

describe("its rows", () => {
  const read = async (id: string, words = ""): Promise<Rows["importFile"]["rows"]> => {
    const data = await world.admin.query<Rows>(
      `query Rows($id: ID!) { importFile(id: $id) { rows${words} {
         totalCount pageInfo { hasNextPage endCursor } edges { node { rowNumber state problem warning } } } } }`,
      { id },
    );
    return data.importFile.rows;
  };
  const numbers = (rows: Rows["importFile"]["rows"]): number[] =>
    rows.edges.map(({ node }) => node.rowNumber);

  test("come in file order, page by page, and by what is wanted", async () => {
    const id = await upload(people);
    const first = await read(id, "(first: 2)");
    expect([numbers(first), first.totalCount, first.pageInfo.hasNextPage]).toEqual([[2, 3], 5, true]);
    const rest = await read(id, `(first: 3, after: "${first.pageInfo.endCursor}")`);
    expect([numbers(rest), rest.pageInfo.hasNextPage]).toEqual([[4, 5, 6], false]);
    const wanted: [words: string, expected: number[]][] = [
      ["(state: GOOD)", [2, 3, 6]],
      ["(state: DUPLICATE)", [5]],
      ["(state: BAD)", []],
      ["(withProblem: true)", [3, 4, 5]],
      ["(withProblem: false)", [2, 6]],
      ["(state: GOOD, withProblem: true)", [3]],
      ["(state: INVALID_EMAIL, withProblem: false)", []],
    ];
    for (const [words, expected] of wanted) {
      const rows = await read(id, words);
      expect([words, numbers(rows), rows.totalCount]).toEqual([words, expected, expected.length]);
    }
  });

  test("refuse a page of no rows and a cursor from elsewhere", async () => {
    const id = await upload(people);
    for (const words of ["(first: 0)", "(first: 101)", '(after: "bm90IG91cnM")', '(after: "WyJ4Il0")']) {
      const { errors } = await world.admin.ask(
        `query Bad($id: ID!) { importFile(id: $id) { rows${words} { totalCount } } }`,
        { id },
      );
      expect([words, errors?.[0]?.extensions?.code]).toEqual([words, "BAD_INPUT"]);
    }
  });
});

describe("applying", () => {
  test("a small file is applied in the answer; the same key answers the same, another is told that it was done", async () => {
    const importId = await upload(people);
    const input = { importId, idempotencyKey: randomUUID() };
    const once = await world.admin.query<{ applyImport: { importFile: { state: string } } }>(apply, {
      input,
    });
    expect(once.applyImport).toMatchObject({
      __typename: "ImportFileResult",
      importFile: { id: importId, state: "APPLIED" },
    });
    const repeated = await world.admin.query(apply, { input });
    expect(repeated).toEqual(once);
    const again = await world.admin.query<{ applyImport: unknown }>(apply, { input: { importId } });
    expect(again.applyImport).toMatchObject({ __typename: "Refused", code: "ALREADY_DONE" });
  });

  test("five clicks at once apply once", async () => {
    const importId = await upload(people);
    const answers = await Promise.all(
      Array.from({ length: 5 }, () =>
        world.admin.query<{ applyImport: { __typename: string } }>(apply, { input: { importId } }),
      ),
    );
    const names = answers.map(({ applyImport }) => applyImport.__typename);
    expect(names.filter((name) => name === "ImportFileResult")).toHaveLength(1);
    expect(names.filter((name) => name === "Refused")).toHaveLength(4);
  });

  test("a large file is answered at once and applied in the background", async () => {
    const lines = Array.from({ length: 20_001 }, (_, at) => `large${at}@example.com,portal-only`);
    const importId = await upload(csv("email,account type", ...lines));
    const { applyImport } = await world.admin.query<{ applyImport: { importFile: { state: string } } }>(
      apply,
      {
        input: { importId, idempotencyKey: randomUUID() },
      },
    );
    expect(applyImport.importFile.state).toBe("APPLYING");
    await until(async () => {
      const data = await world.admin.query<{ importFile: { state: string } }>(
        `query State($id: ID!) { importFile(id: $id) { state } }`,
        { id: importId },
      );
      return data.importFile.state === "APPLIED";
    });
  });
});

test("columns are matched again and an upload is discarded through the API, with keys", async () => {
  const importId = await upload(people);
  const rematch = `mutation Rematch($input: RematchImportInput!) {
    rematchImport(input: $input) { __typename ... on Refused { code field } ... on ImportFileResult { importFile { goodRows columns { field } } } }
  }`;
  const input = { importId, columns: [{ index: 3, field: null }], idempotencyKey: randomUUID() };
  const { rematchImport } = await world.admin.query<{ rematchImport: unknown }>(rematch, { input });
  expect(rematchImport).toMatchObject({
    importFile: {
      goodRows: 3,
      columns: [{ field: "email" }, { field: "name" }, { field: "accountType" }, { field: null }],
    },
  });
  const refused = await world.admin.query<{ rematchImport: unknown }>(rematch, {
    input: { importId, columns: [{ index: 0, field: "shoe size" }] },
  });
  expect(refused.rematchImport).toEqual({ __typename: "Refused", code: "INVALID_INPUT", field: "columns" });
  const discard = `mutation Discard($input: DiscardImportInput!) {
    discardImport(input: $input) { __typename ... on ImportFileResult { importFile { state } } }
  }`;
  const { discardImport } = await world.admin.query<{ discardImport: unknown }>(discard, {
    input: { importId, idempotencyKey: randomUUID() },
  });
  expect(discardImport).toEqual({ __typename: "ImportFileResult", importFile: { state: "DISCARDED" } });
});

test("another organization gets the same answer for an upload that exists and one that does not", async () => {
  const importId = await upload(people);
  const asks: [query: string, variables: (id: string) => Record<string, unknown>][] = [
    ["query One($id: ID!) { importFile(id: $id) { id } }", (id) => ({ id })],
    [apply, (id) => ({ input: { importId: id } })],
    [
      "mutation D($input: DiscardImportInput!) { discardImport(input: $input) { __typename } }",
      (id) => ({ input: { importId: id } }),
    ],
    [
      "mutation R($input: RematchImportInput!) { rematchImport(input: $input) { __typename } }",
      (id) => ({ input: { importId: id, columns: [] } }),
    ],
  ];
  // Only the number of the request may differ.
  const answerOf = async (query: string, variables: Record<string, unknown>): Promise<string> =>
    JSON.stringify(await stranger.ask(query, variables)).replace(/"requestId":"[^"]*"/, "");
  for (const [query, variables] of asks) {
    const foreign = await answerOf(query, variables(importId));
    expect(await answerOf(query, variables(randomUUID()))).toBe(foreign);
    expect(await answerOf(query, variables("no id"))).toBe(foreign);
  }
  expect(
    (await stranger.ask("query One($id: ID!) { importFile(id: $id) { id } }", { id: importId })).data,
  ).toEqual({ importFile: null });
});

test("a site shows its uploads to who may read its people", async () => {
  const id = await upload(people);
  const imports = `query Imports($id: ID!) { site(id: $id) { imports { id state } } }`;
  const shown = await world.admin.query<{ site: { imports: { id: string }[] } }>(imports, {
    id: world.source.id,
  });
  expect(shown.site.imports[0]).toEqual({ id, state: "PREVIEW" });
  await makePerson(server, "member@acme.example", [{ role: "MEMBER", organizationId: world.organizationId }]);
  const member = await server.signIn("member@acme.example");
  const hidden = await member.ask<{ site: { imports: unknown[] } | null }>(imports, { id: world.source.id });
  expect(hidden.data?.site?.imports ?? []).toEqual([]);
  expect((await member.ask("query One($id: ID!) { importFile(id: $id) { id } }", { id })).data).toEqual({
    importFile: null,
  });
});
