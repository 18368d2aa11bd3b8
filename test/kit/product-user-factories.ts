import { createHash, randomUUID } from "node:crypto";
import type { StatementRunner } from "../../packages/server/src/platform/database/statement.ts";
import { runnerOn } from "../../packages/server/src/platform/database/client-runner.ts";
import { withClient } from "./database.ts";
import { nextNumber, type PersonKind } from "./factories.ts";
import { insertRow, query } from "./query.ts";

export interface MadeProduct {
  id: string;
  organizationId: string;
  name: string;
}

/** A product instance in the cloud, on no site. */
export async function makeProduct(
  em: StatementRunner,
  organizationId: string,
  overrides: { name?: string; kind?: string; hosting?: "CLOUD" | "SERVER"; siteId?: string } = {},
): Promise<MadeProduct> {
  const name = overrides.name ?? `Product ${nextNumber()}`;
  const id = await insertRow(em, "product", {
    organization_id: organizationId,
    site_id: overrides.siteId,
    kind: overrides.kind ?? "STATUSPAGE",
    hosting: overrides.hosting ?? "CLOUD",
    name,
  });
  return { id, organizationId, name };
}

export interface MadeLogin {
  id: string;
  email: string;
  loginName: string;
}

/** A login inside the product: a person, active, on no account. */
export async function makeProductUser(
  em: StatementRunner,
  productId: string,
  overrides: { email?: string; loginName?: string; name?: string; kind?: PersonKind; active?: boolean } = {},
): Promise<MadeLogin> {
  const email = overrides.email ?? `login${nextNumber()}@example.com`;
  const loginName = overrides.loginName ?? "";
  const id = await insertRow(em, "product_user", {
    product_id: productId,
    email,
    login_name: loginName,
    name: overrides.name,
    kind: overrides.kind,
    active: overrides.active,
  });
  return { id, email, loginName };
}

/** A login that is linked to the account, with the used proof of its address behind it. */
export async function makeLinkedLogin(
  em: StatementRunner,
  product: MadeProduct,
  accountId: string,
  overrides: { email?: string; loginName?: string } = {},
): Promise<MadeLogin> {
  const login = await makeProductUser(em, product.id, overrides);
  const proofId = await insertRow(em, "email_proof", {
    purpose: "LINK_SERVICE",
    email: login.email,
    account_id: accountId,
    organization_id: product.organizationId,
    source_type: "PRODUCT_USER",
    source_id: login.id,
    secret_hash: createHash("sha256").update(randomUUID()).digest(),
    created_at: new Date(Date.now() - 120_000),
    expires_at: new Date(Date.now() + 60_000),
    consumed_at: new Date(Date.now() - 60_000),
  });
  await query(
    em,
    "update product_user set account_id = $2, link_proof_id = $3, linked_at = now() where id = $1",
    [login.id, accountId, proofId],
  );
  return login;
}

/** Everything that the page of services shows, for somebody of the demo: connected, waiting, offered and further ones. */
export async function plantServices(
  connectionString: string,
  { organizationId, email }: { organizationId: string; email: string },
): Promise<void> {
  await withClient(connectionString, async (client) => {
    const em = runnerOn(client);
    const [account] = await query<{ id: string }>(em, "select id from account where email = $1", [email]);
    const accountId = account?.id ?? "";
    const product = (name: string, kind: string, hosting?: "SERVER") =>
      makeProduct(em, organizationId, { name, kind, hosting });
    const alerts = await product("Night alerts", "OPSGENIE");
    await makeLinkedLogin(em, await product("Depot status", "STATUSPAGE"), accountId, {
      email: "operations.on-call@northwind-network-operations.example",
      loginName: "nadia",
    });
    await makeLinkedLogin(em, await product("Chat of the old office", "HIPCHAT", "SERVER"), accountId, {
      email,
    });
    await makeProductUser(em, alerts.id, { email });
    await makeProductUser(em, (await product("Release calendar", "CONFLUENCE")).id, { email, active: false });
    const wiki = await product("Handbook", "CONFLUENCE");
    await query(
      em,
      `insert into service_wish (account_id, product_id, email, asked_at, expires_at)
       values ($1, $2, 'nadia@handbook.example', now(), now() + interval '10 minutes')`,
      [accountId, wiki.id],
    );
  });
}
