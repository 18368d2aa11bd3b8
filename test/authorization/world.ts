import type { IncomingMessage } from "node:http";
import { createTokenAdmission } from "../../packages/server/src/modules/api-token/index.ts";
import { loadActors, type Actor, type Role } from "../../packages/server/src/modules/sign-in/index.ts";
import { createLogger } from "../../packages/server/src/platform/logging.ts";
import { ApiClient } from "../kit/api-client.ts";
import { startMigration, untilEnded } from "../kit/migration-flow.ts";
import { makeLinkedLogin, makeProduct, makeProductUser } from "../kit/product-user-factories.ts";
import { startTestServer, type TestServer } from "../kit/server.ts";
import { makeServiceAccount, makeToken } from "../kit/token-client.ts";
import { makePerson, makeWorld, readSample, uploadAndApply, type World } from "../kit/world.ts";
import type { RoleName } from "./roles.ts";

// Two organizations with everything in them, and a person or token for every role of the matrix.

/** Ids by the name of the argument that asks for them; `Query.site.id` where that name alone does not say it. */
export type Examples = Record<string, unknown>;

/** Somebody who asks: over HTTP as `client`, at the schema as `actor`. */
export interface Asker {
  client: ApiClient;
  actor: Actor | null;
}

export interface MatrixWorld {
  server: TestServer;
  askers: Record<RoleName, Asker>;
  /** What exists in the organization of all roles but OTHER_ADMIN, and in that one's. */
  examples: { acme: Examples; other: Examples };
}

export async function openMatrixWorld(): Promise<MatrixWorld> {
  const server = await startTestServer();
  const acme = await fillOrganization(server, "Acme");
  const other = await fillOrganization(server, "Other");
  const { organizationId } = acme.world;
  const em = server.database.orm.em.fork();
  const [product] = await em
    .getConnection()
    .execute<{ id: string }[]>(
      "insert into product (organization_id, site_id, kind, hosting, name) values (?, ?, 'JIRA_SERVICE_MANAGEMENT', 'CLOUD', 'Help') returning id",
      [organizationId, acme.world.destination.id],
    );
  const pool = server.pool;
  // Of the product that has an owner and an admin here.
  Object.assign(acme.examples, await addFlaggedBot(pool, String(acme.examples.productId), product?.id));
  Object.assign(other.examples, await addFlaggedBot(pool, String(other.examples.productId)));
  const person = async (role: Role, where: { siteId?: string; productId?: string } = {}): Promise<Asker> => {
    const email = `${role.toLowerCase().replaceAll("_", "-")}${Object.values(where).join("")}@acme.example`;
    await makePerson(server, email, [{ role, organizationId, ...where }]);
    return personAt(server, await server.signIn(email));
  };
  const admin = await personAt(server, acme.world.admin);
  return {
    server,
    examples: { acme: acme.examples, other: other.examples },
    askers: {
      ANONYMOUS: { client: server.anonymous(), actor: null },
      MEMBER: await person("MEMBER"),
      PRODUCT_ADMIN: await person("PRODUCT_ADMIN", { productId: product?.id }),
      PRODUCT_OWNER: await person("PRODUCT_OWNER", { productId: product?.id }),
      SOURCE_ADMIN: await person("SITE_ADMIN", { siteId: acme.world.source.id }),
      DESTINATION_ADMIN: await person("SITE_ADMIN", { siteId: acme.world.destination.id }),
      ADMIN: admin,
      OTHER_ADMIN: await personAt(server, other.world.admin),
      READ_TOKEN: await tokenOf(server, acme.world.admin, "READ"),
      MIGRATE_TOKEN: await tokenOf(server, acme.world.admin, "MIGRATE"),
    },
  };
}

/** An organization that moved its customers once and plans to undo it; add here what new fields are to be asked about. */
async function fillOrganization(
  server: TestServer,
  name: string,
): Promise<{ world: World; examples: Examples }> {
  const world = await makeWorld(server, name);
  await uploadPeople(world, name);
  const pending = await world.admin.upload(
    world.source.id,
    "email,account type\r\nx@y.example,portal-only\r\n",
  );
  const { importFile } = (await pending.json()) as { importFile: { id: string } };
  const migrationId = await startMigration(world);
  await untilEnded(world.admin, migrationId);
  const token = await makeToken(world.admin);
  const { pool } = server;
  const one = async (sql: string, ...parameters: string[]): Promise<string> => {
    const { rows } = await pool.query<{ id: string }>(sql, parameters);
    if (rows[0] === undefined) {
      throw new Error(`The world of the matrix has nothing for: ${sql}`);
    }
    return rows[0].id;
  };
  const undoId = await one(
    `insert into migration_undo (migration_id, state, everything, fingerprint, created_by, planned_sequence)
     select id, 'PLANNED', true, 'text text text', created_by, last_sequence from migration where id = $1 returning id`,
    migrationId,
  );
  const groupId = await one("select id from user_group where migration_id = $1", migrationId);
  const account = await one(
    "select account_id as id from site_account where site_id = $1 limit 1",
    world.destination.id,
  );
  const examples: Examples = {
    organizationId: world.organizationId,
    siteId: world.destination.id,
    sourceSiteId: world.source.id,
    destinationSiteId: world.destination.id,
    migrationId,
    importId: importFile.id,
    groupId,
    memberIds: await one(
      "select account_id as id from user_group_member where group_id = $1 limit 1",
      groupId,
    ),
    itemId: await one(
      "select id from migration_item where outcome = 'REQUIRES_ATTENTION' and migration_id = $1 limit 1",
      migrationId,
    ),
    itemIds: await one("select id from migration_item where migration_id = $1 limit 1", migrationId),
    undoId,
    profileId: account,
    tokenId: token.id,
    subjectId: migrationId,
    ...(await administration(one, world)),
    ...(await services(server, one, world)),
    actorId: await one("select created_by as id from migration where id = $1", migrationId),
    "Query.account.id": account,
    "Query.importFile.id": importFile.id,
    "Query.importedGroup.id": groupId,
    "Query.migration.id": migrationId,
    "Query.organization.id": world.organizationId,
    "Query.portalCustomer.id": await one(
      "select id from portal_customer where site_id = $1 limit 1",
      world.source.id,
    ),
    "Query.site.id": world.destination.id,
  };
  return { world, examples };
}

/** A bot of a product, another one unless told, that shares its address with a product: it is flagged. */
async function addFlaggedBot(
  pool: TestServer["pool"],
  productId: string,
  otherId?: string,
): Promise<Examples> {
  const { rows } = await pool.query<{ id: string; productId: string }>(
    `with other as (
       insert into product (organization_id, site_id, kind, hosting, name)
       select organization_id, site_id, 'STATUSPAGE', 'CLOUD', 'Status' from product where id = $1 and $2::uuid is null returning id
     ), made as (
       insert into product_user (product_id, email, kind)
       select unnest(array[$1::uuid, coalesce($2::uuid, (select id from other))]), 'bot-of-' || $1 || '@acme.example', 'BOT'
       returning id, product_id
     )
     select id, product_id as "productId" from made where product_id <> $1`,
    [productId, otherId ?? null],
  );
  await pool.query(
    `insert into import_file (organization_id, product_id, file_kind, file_name, state, created_by)
     select p.organization_id, p.id, 'PRODUCT_USERS', 'users.csv', 'DISCARDED', r.account_id
     from product p join role_assignment r on r.organization_id = p.organization_id where p.id = $1 limit 1`,
    [rows[0]?.productId],
  );
  return { productUserId: rows[0]?.id, "Query.product.id": rows[0]?.productId };
}

/** The files of the tour with people of this organization's own: an account of one email is the same person everywhere. */
async function uploadPeople({ admin, source, destination }: World, name: string): Promise<void> {
  const sample = (file: string): string =>
    readSample(`${file}.csv`).replaceAll(/@(?=\w)/g, `@${name.toLowerCase()}.`);
  await uploadAndApply(admin, source.id, sample("projects-source"), "PROJECTS");
  await uploadAndApply(admin, destination.id, sample("projects-destination"), "PROJECTS");
  await uploadAndApply(admin, source.id, sample("source-customers"), "CUSTOMERS");
  await uploadAndApply(admin, destination.id, sample("destination-customers"), "CUSTOMERS");
  await uploadAndApply(admin, source.id, sample("requests-source"), "REQUESTS");
  await uploadAndApply(admin, destination.id, sample("requests-destination"), "REQUESTS");
}

type One = (sql: string, ...parameters: string[]) => Promise<string>;

/** What people with rights over an organization decide about. */
async function administration(one: One, { admin, organizationId, source }: World): Promise<Examples> {
  const ofAdmin =
    "from role_assignment where role = 'ORGANIZATION_ADMIN' and organization_id = $1 order by created_at limit 1";
  const serviceAccountId = await makeServiceAccount(admin, organizationId);
  return {
    siteIds: source.id,
    serviceAccountId,
    "Mutation.revokeServiceToken.tokenId": await one(
      `insert into api_token (account_id, name, hint, secret_hash, scope, organization_id, expires_at)
       values ($1::uuid, 'nightly', 'rhm_aaaa', sha256(convert_to($1::text, 'UTF8')), 'READ', $2, now() + interval '1 day') returning id`,
      serviceAccountId,
      organizationId,
    ),
    mailId: await one(
      `insert into mail_outbox (purpose, about, organization_id, to_address, subject, body, message_id, state, settled_at)
       values ('test.bounced', $1::text, $1::uuid, 'ada@acme.example', 'Bounced', 'x', '<' || $1::text || '@acme.example>', 'BOUNCED', now())
       returning id`,
      organizationId,
    ),
    roleId: await one(`select id ${ofAdmin}`, organizationId),
    accountId: await one(`select account_id as id ${ofAdmin}`, organizationId),
    productId: await one(
      `insert into product (organization_id, site_id, kind, hosting, name)
       values ($1, $2, 'JIRA', 'CLOUD', 'Desk') returning id`,
      organizationId,
      source.id,
    ),
    invitationId: await one(
      `insert into role_invitation (organization_id, role, email, invited_by)
       select organization_id, 'MEMBER', 'new@acme.example', account_id ${ofAdmin} returning id`,
      organizationId,
    ),
    requestId: await one(
      `insert into access_request (organization_id, site_id, account_id, wish, reason)
       select organization_id, $2::uuid, account_id, 'SITE_ADMIN', 'why' ${ofAdmin} returning id`,
      organizationId,
      source.id,
    ),
    ...(await closings(one, organizationId, ofAdmin)),
  };
}

/** Somebody who wants to leave, the admin who wants to as well, and somebody whose account was closed. */
async function closings(one: One, organizationId: string, ofAdmin: string): Promise<Examples> {
  const leaver = await one(
    `with person as (insert into account (email, name) values ('leaver-' || gen_random_uuid() || '@acme.example', 'Lea') returning id),
     role as (insert into role_assignment (account_id, role, organization_id) select id, 'MEMBER', $1::uuid from person)
     select id from person`,
    organizationId,
  );
  const requestId = await one(
    `with asked as (insert into account_closing (account_id) values ($2::uuid) returning id)
     insert into account_closing_part (closing_id, organization_id) select id, $1::uuid from asked returning id`,
    organizationId,
    leaver,
  );
  return {
    "Mutation.approveAccountClosing.requestId": requestId,
    "Mutation.declineAccountClosing.requestId": requestId,
    closingId: await one(
      `with asked as (insert into account_closing (account_id) select account_id ${ofAdmin} returning id)
       insert into account_closing_part (closing_id, organization_id) select id, $1::uuid from asked returning closing_id as id`,
      organizationId,
    ),
    "Mutation.reopenAccount.accountId": await one(
      `with person as (insert into account (email, name) values ('gone-' || gen_random_uuid() || '@acme.example', 'Gus') returning id),
       asked as (insert into account_closing (account_id, state, ended_at) select id, 'CLOSED', now() from person returning id, account_id),
       part as (insert into account_closing_part (closing_id, organization_id, state, decided_by, decided_at, deciders)
         select asked.id, $1::uuid, 'APPROVED', r.account_id, now(), array[r.account_id] from asked, (select account_id ${ofAdmin}) r
         returning decided_by),
       told as (insert into audit_entry (organization_id, actor_account_id, action, subject_type, subject_id, summary)
         select $1::uuid, part.decided_by, 'account.approve_closing', 'account', asked.account_id, 'agreed' from part, asked)
       insert into closed_account (account_id, closing_id) select account_id, id from asked returning account_id as id`,
      organizationId,
    ),
  };
}

/** The admin's own logins of a product of theirs: one connected, one that waits, one that could be. */
async function services(server: TestServer, one: One, { admin, organizationId }: World): Promise<Examples> {
  const em = server.database.orm.em.fork();
  const { actor } = await personAt(server, admin);
  const accountId = actor?.accountId ?? "";
  const product = await makeProduct(em, organizationId, { name: "Status" });
  const waiting = await makeProduct(em, organizationId, { name: "Pager" });
  await makeProductUser(em, waiting.id, { email: actor?.email });
  return {
    loginId: (await makeLinkedLogin(em, product, accountId)).id,
    pendingId: await one(
      `insert into service_wish (account_id, product_id, email, asked_at, expires_at)
       values ($1, $2, 'waiting@elsewhere.example', now(), now() + interval '10 minutes') returning id`,
      accountId,
      waiting.id,
    ),
  };
}

async function personAt(server: TestServer, client: ApiClient): Promise<Asker> {
  const { viewer } = await client.query<{ viewer: { account: { id: string } } }>(
    "query Me { viewer { account { id } } }",
  );
  const { rows } = await server.pool.query<{ id: string }>(
    `select s.id from auth_session s join auth_user u on u.id = s.user_id where u.account_id = $1`,
    [viewer.account.id],
  );
  const actors = await loadActors(
    server.pool,
    rows.map(({ id }) => id),
  );
  return { client, actor: [...actors.values()][0] ?? null };
}

async function tokenOf(server: TestServer, owner: ApiClient, scope: "READ" | "MIGRATE"): Promise<Asker> {
  const { client, secret } = await makeToken(owner, { name: scope, scope });
  const admission = createTokenAdmission(server.pool, createLogger("silent"));
  const request = { headers: { authorization: `Bearer ${secret}` }, socket: {} } as IncomingMessage;
  return { client, actor: await admission.findActor(request) };
}
