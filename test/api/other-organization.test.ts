import {
  buildSchema,
  getNamedType,
  isInputObjectType,
  isNonNullType,
  isObjectType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLSchema,
} from "graphql";
import { readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ApiClient } from "../kit/api-client.ts";
import { startMigration, untilEnded } from "../kit/migration-flow.ts";
import { startTestServer, type TestServer } from "../kit/server.ts";
import { makeServiceAccount, makeToken } from "../kit/token-client.ts";
import { makePerson, makeWorld, uploadSamples, type World } from "../kit/world.ts";

// Walks the schema: every root field that takes an id is asked by a stranger for what exists elsewhere and for what
// does not exist. A field or argument that this test has no example for makes it fail.

const schema: GraphQLSchema = buildSchema(
  readFileSync(path.resolve(import.meta.dirname, "../../packages/schema/schema.graphql"), "utf8"),
);
const missing = "01900000-0000-7000-8000-00000000dead";

let server: TestServer;
let stranger: ApiClient;
let member: ApiClient;
/** Ids that exist in the first organization, by argument or field name. */
let known: Record<string, string>;

/** Root fields that take no id of anything. */
const withoutIds = new Set(["viewer", "myWork"]);

beforeAll(async () => {
  server = await startTestServer();
  const world: World = await makeWorld(server);
  await uploadSamples(world);
  const migrationId = await startMigration(world);
  await untilEnded(world.admin, migrationId);
  stranger = (await makeWorld(server, "Other")).admin;
  await makePerson(server, "member@acme.example", [{ role: "MEMBER", organizationId: world.organizationId }]);
  member = await server.signIn("member@acme.example");
  const one = async (sql: string): Promise<string> =>
    (await server.pool.query<{ id: string }>(sql)).rows[0]?.id ?? "";
  known = {
    migrationId,
    "Query.migration.id": migrationId,
    organizationId: world.organizationId,
    "Query.organization.id": world.organizationId,
    siteId: world.destination.id,
    sourceSiteId: world.source.id,
    destinationSiteId: world.destination.id,
    "Query.site.id": world.destination.id,
    importId: await one("select id from import_file limit 1"),
    "Query.importFile.id": await one("select id from import_file limit 1"),
    groupId: await one("select id from user_group where migration_id is not null"),
    "Query.importedGroup.id": await one("select id from user_group where migration_id is not null"),
    memberIds: await one("select account_id as id from user_group_member limit 1"),
    "Mutation.planUndo.itemIds": await one("select id from migration_item limit 1"),
    undoId: await one(
      `insert into migration_undo (migration_id, state, everything, fingerprint, created_by, planned_sequence)
       select id, 'PLANNED', true, 'text text text', created_by, last_sequence from migration limit 1 returning id`,
    ),
    itemId: await one("select id from migration_item where outcome = 'REQUIRES_ATTENTION' limit 1"),
    profileId: await one("select account_id as id from site_account limit 1"),
    "Query.account.id": await one("select account_id as id from site_account limit 1"),
    "Query.portalCustomer.id": await one("select id from portal_customer limit 1"),
    tokenId: (await makeToken(world.admin)).id,
    serviceAccountId: await makeServiceAccount(world.admin, world.organizationId),
    siteIds: world.source.id,
    mailId: await one(
      `insert into mail_outbox (purpose, about, organization_id, to_address, subject, body, message_id, state, settled_at)
       values ('test.bounced', 'one', '${world.organizationId}', 'ada@acme.example', 'Bounced', 'x', '<one@acme.example>', 'BOUNCED', now())
       returning id`,
    ),
    roleId: await one("select id from role_assignment where role = 'ORGANIZATION_ADMIN' limit 1"),
    accountId: await one("select account_id as id from role_assignment limit 1"),
    productId: await one(
      `insert into product (organization_id, site_id, kind, hosting, name)
       select organization_id, id, 'JIRA', 'CLOUD', 'Desk' from site limit 1 returning id`,
    ),
    invitationId: await one(
      `insert into role_invitation (organization_id, role, email, invited_by)
       select organization_id, 'MEMBER', 'new@acme.example', account_id from role_assignment
       where role = 'ORGANIZATION_ADMIN' limit 1 returning id`,
    ),
    requestId: await one(
      `insert into access_request (organization_id, site_id, account_id, wish, reason)
       select s.organization_id, s.id, r.account_id, 'SITE_ADMIN', 'why' from site s
       join role_assignment r on r.organization_id = s.organization_id limit 1 returning id`,
    ),
    subjectId: migrationId,
    actorId: await one("select created_by as id from migration limit 1"),
  };
});

afterAll(async () => {
  await server?.stop();
});

type Ids = (name: string) => string;

/** A value the server accepts for a required argument; ids come from `ids`. */
function example(type: GraphQLInputType, name: string, ids: Ids): unknown {
  const named = getNamedType(type);
  if (named.name === "ID") {
    return String(type).includes("[") ? [ids(name)] : ids(name);
  }
  if (isInputObjectType(named)) {
    const fields = Object.values(named.getFields()).filter(
      (field) => isNonNullType(field.type) || getNamedType(field.type).name === "ID",
    );
    return Object.fromEntries(fields.map((field) => [field.name, example(field.type, field.name, ids)]));
  }
  if ("getValues" in named) {
    return named.getValues()[0]?.name;
  }
  const scalars: Record<string, unknown> = { Int: 1, Float: 1, Boolean: true, String: "text text text" };
  return String(type).includes("[") ? [scalars[named.name]] : scalars[named.name];
}

/** Leaves without arguments, one level deep: enough to see whether anything is handed out. */
function selection(field: GraphQLField<unknown, unknown>): string {
  const named = getNamedType(field.type);
  if (isObjectType(named)) {
    const leaves = Object.values(named.getFields()).filter(
      (inner) =>
        inner.args.length === 0 &&
        !("getFields" in getNamedType(inner.type)) &&
        !("getTypes" in getNamedType(inner.type)),
    );
    return `{ __typename ${leaves.map((leaf) => leaf.name).join(" ")} }`;
  }
  return "getTypes" in named ? "{ __typename ... on Refused { code message field whoCanGrant } }" : "";
}

function operation(
  kind: "query" | "mutation" | "subscription",
  field: GraphQLField<unknown, unknown>,
): string {
  const wanted = field.args.filter(
    (argument) => isNonNullType(argument.type) && argument.defaultValue === undefined,
  );
  const declared = wanted.map((argument) => `$${argument.name}: ${String(argument.type)}`).join(", ");
  const passed = wanted.map((argument) => `${argument.name}: $${argument.name}`).join(", ");
  return `${kind} Ask(${declared}) { ${field.name}(${passed}) ${selection(field)} }`;
}

function variables(
  parent: string,
  field: GraphQLField<unknown, unknown>,
  ids: Record<string, string> | null,
): Record<string, unknown> {
  const lookUp: Ids = (name) => {
    const id = known[`${parent}.${field.name}.${name}`] ?? known[name];
    if (id === undefined || id === "") {
      throw new Error(`No example for ${parent}.${field.name}(${name}); add one to this test`);
    }
    return ids === null ? missing : id;
  };
  const wanted = field.args.filter(
    (argument) => isNonNullType(argument.type) && argument.defaultValue === undefined,
  );
  return Object.fromEntries(
    wanted.map((argument) => [argument.name, example(argument.type, argument.name, lookUp)]),
  );
}

/** The answer with its ids and request ids taken out: everything else must be the same to the byte. */
function plain(answer: unknown): string {
  return JSON.stringify(answer).replaceAll(
    /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g,
    "<id>",
  );
}

function fieldsOf(kind: "Query" | "Mutation" | "Subscription"): GraphQLField<unknown, unknown>[] {
  const type = schema.getType(kind);
  return isObjectType(type)
    ? Object.values(type.getFields()).filter((field) => !withoutIds.has(field.name))
    : [];
}

const people: [string, () => ApiClient][] = [["a stranger", () => stranger]];

describe.each(people)("%s", (_name, client) => {
  it.each(fieldsOf("Query").map((field) => [field.name, field] as const))(
    "query %s: exists elsewhere = does not exist",
    async (_field, field) => {
      const text = operation("query", field);
      const existing = await client().ask(text, variables("Query", field, known));
      const absent = await client().ask(text, variables("Query", field, null));
      expect(plain(existing)).toBe(plain(absent));
      expect(plain(existing)).not.toContain("INTERNAL");
    },
  );

  it.each(fieldsOf("Mutation").map((field) => [field.name, field] as const))(
    "mutation %s: exists elsewhere = does not exist",
    async (_field, field) => {
      const text = operation("mutation", field);
      const before = await digest();
      const existing = await client().ask(text, variables("Mutation", field, known));
      const absent = await client().ask(text, variables("Mutation", field, null));
      expect(plain(existing)).toBe(plain(absent));
      expect(plain(existing)).not.toContain("INTERNAL");
      expect(await digest()).toBe(before);
    },
  );

  it.each(fieldsOf("Subscription").map((field) => [field.name, field] as const))(
    "subscription %s: exists elsewhere = does not exist",
    async (_field, field) => {
      const text = operation("subscription", field);
      const existing = await firstAnswer(client(), text, variables("Subscription", field, known));
      const absent = await firstAnswer(client(), text, variables("Subscription", field, null));
      expect(plain(existing)).toBe(plain(absent));
      expect(plain(existing)).toContain("NOT_FOUND");
    },
  );

  it.each([
    ["report", (id: string) => `/api/migrations/${id}/report.zip`, "migrationId"],
    ["evidence", (id: string) => `/api/migrations/${id}/evidence.zip`, "migrationId"],
    ["rejected rows", (id: string) => `/api/imports/${id}/rejected.csv`, "importId"],
  ])("download of %s: exists elsewhere = does not exist", async (_what, address, name) => {
    const answers = await Promise.all(
      [known[name] ?? "", missing].map(async (id) => {
        const response = await client().fetch(address(id));
        return `${response.status} ${await response.text()}`;
      }),
    );
    expect(answers[0]).toBe(answers[1]);
    expect(answers[0]).toMatch(/^404/);
  });

  it("upload: a site elsewhere = no site", async () => {
    const answers = await Promise.all(
      [known.siteId ?? "", missing].map(async (id) => {
        const response = await client().upload(id, "email,account type\r\na@b.example,portal-only\r\n");
        return `${response.status} ${await response.text()}`;
      }),
    );
    expect(answers[0]).toBe(answers[1]);
    expect(answers[0]).toMatch(/^404/);
  });
});

/** What everybody of an organization may do for themselves. */
const forMembers = new Set(["requestAccess"]);

describe("a member without any admin role", () => {
  it.each(
    fieldsOf("Mutation")
      .filter((field) => !forMembers.has(field.name))
      .map((field) => [field.name, field] as const),
  )("mutation %s changes nothing", async (_field, field) => {
    const before = await digest();
    const answer = plain(await member.ask(operation("mutation", field), variables("Mutation", field, known)));
    expect(answer).toMatch(/NOT_PERMITTED|NOT_FOUND|INVALID_INPUT/);
    expect(await digest()).toBe(before);
  });
});

/** Everything a mutation could have changed, in one text. */
async function digest(): Promise<string> {
  const tables = [
    "organization",
    "site",
    "account",
    "site_account",
    "portal_customer",
    "user_group",
    "user_group_member",
    "migration",
    "migration_item",
    "migration_brake",
    "brake_limit",
    "migration_undo",
    "import_file",
    "audit_entry",
    "role_assignment",
    "api_token",
    "role_invitation",
    "access_request",
    "email_proof",
    "mail_outbox",
  ];
  const parts = tables.map(
    (table) => `(select coalesce(md5(string_agg(t::text, '|' order by t::text)), '') from ${table} t)`,
  );
  const { rows } = await server.pool.query<{ digest: string }>(
    `select concat_ws(',', ${parts.join(", ")}) as digest`,
  );
  return rows[0]?.digest ?? "";
}

async function firstAnswer(
  client: ApiClient,
  query: string,
  values: Record<string, unknown>,
): Promise<unknown> {
  const socket = client.socket();
  try {
    const answers = socket.iterate({ query, variables: values });
    return (await answers.next()).value;
  } catch (error) {
    return error;
  } finally {
    await socket.dispose();
  }
}
