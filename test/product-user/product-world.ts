import type { ApiClient } from "../kit/api-client.ts";
import { insertRow, query } from "../kit/query.ts";
import { startTestServer, type TestServer } from "../kit/server.ts";
import { testMasterKey } from "../kit/services.ts";
import { makePerson, makeWorld, uploadAndApply, type World } from "../kit/world.ts";

/** An organization with two products, everybody who may or may not see their users, and a stranger. */
export interface ProductWorld {
  server: TestServer;
  world: World;
  /** Ids of the products Status, on the source site, and On-call, on the destination site. */
  status: string;
  onCall: string;
  /** Of Status. */
  owner: ApiClient;
  productAdmin: ApiClient;
  /** Of the source site. */
  siteAdmin: ApiClient;
  member: ApiClient;
  /** Admin of another organization, which has a product, too. */
  stranger: World;
  strangerProduct: string;
  stop(): Promise<void>;
}

/** Words of the organization: `team` is a list, `noreply` a bot. */
export async function openProductWorld(): Promise<ProductWorld> {
  const server = await startTestServer({ REHOME_MASTER_KEY: testMasterKey.toString("base64") });
  const world = await makeWorld(server, "Acme");
  const stranger = await makeWorld(server, "Other");
  const { organizationId, source, destination } = world;
  const status = await makeProduct(server, { organizationId, siteId: source.id, name: "Status" });
  const onCall = await makeProduct(server, { organizationId, siteId: destination.id, name: "On-call" });
  const signIn = async (email: string, grants: Parameters<typeof makePerson>[2]): Promise<ApiClient> => {
    await makePerson(server, email, grants);
    return server.signIn(email);
  };
  return {
    server,
    world,
    status,
    onCall,
    owner: await signIn("owner@acme.example", [{ role: "PRODUCT_OWNER", organizationId, productId: status }]),
    productAdmin: await signIn("product-admin@acme.example", [
      { role: "PRODUCT_ADMIN", organizationId, productId: status },
    ]),
    siteAdmin: await signIn("site-admin@acme.example", [
      { role: "SITE_ADMIN", organizationId, siteId: source.id },
    ]),
    member: await signIn("member@acme.example", [{ role: "MEMBER", organizationId }]),
    stranger,
    strangerProduct: await makeProduct(server, {
      organizationId: stranger.organizationId,
      siteId: stranger.source.id,
      name: "Strange status",
    }),
    stop: () => server.stop(),
  };
}

async function makeProduct(
  server: TestServer,
  { organizationId, siteId, name }: { organizationId: string; siteId: string; name: string },
): Promise<string> {
  return insertRow(server.database.orm.em.fork(), "product", {
    organization_id: organizationId,
    site_id: siteId,
    kind: "Statuspage",
    hosting: "CLOUD",
    name,
  });
}

/** Uploads and applies a file of users. */
export function giveUsers(client: ApiClient, productId: string, content: string): Promise<string> {
  return uploadAndApply(client, { productId }, content, "PRODUCT_USERS");
}

/** A login as the page reads it. */
export interface ListedUser {
  id: string;
  email: string;
  loginName: string;
  name: string;
  role: string;
  active: boolean;
  kind: string;
  authentication: string;
  toldVerified: boolean | null;
  lastActiveAt: string | null;
  addressConfirmedAt: string | null;
  waitingLink: { email: string } | null;
  account: { email: string } | null;
  flag: { reason: string; products: string[]; remedies: string[] } | null;
}

interface Listed {
  product: {
    users: {
      totalCount: number;
      pageInfo: { hasNextPage: boolean; endCursor: string | null };
      edges: { node: ListedUser }[];
    } | null;
    userCounts: Record<string, number> | null;
    viewerCanManageUsers: boolean;
    imports: { id: string }[];
  } | null;
}

const productQuery = `query Users($id: ID!, $first: Int, $after: String, $filter: ProductUserFilter) {
  product(id: $id) {
    viewerCanManageUsers
    imports { id }
    userCounts { total active bots distributionLists linked flagged }
    users(first: $first, after: $after, filter: $filter) {
      totalCount
      pageInfo { hasNextPage endCursor }
      edges { node {
        id email loginName name role active kind authentication toldVerified lastActiveAt addressConfirmedAt
        waitingLink { email } account { email } flag { reason products remedies }
      } }
    }
  }
}`;

/** A product with its users. */
export async function readProduct(
  client: ApiClient,
  id: string,
  variables: { first?: number; after?: string | null; filter?: Record<string, unknown> } = {},
): Promise<Listed["product"]> {
  return (await client.query<Listed>(productQuery, { id, first: 100, ...variables })).product;
}

/** The users of a product. */
export async function readUsers(
  client: ApiClient,
  id: string,
  filter?: Record<string, unknown>,
): Promise<ListedUser[]> {
  const product = await readProduct(client, id, { filter });
  return product?.users?.edges.map(({ node }) => node) ?? [];
}

/** The login of this email and name; fails when there is none. */
export async function findUser(
  { world, status }: ProductWorld,
  email: string,
  productId = status,
): Promise<ListedUser> {
  const user = (await readUsers(world.admin, productId)).find((each) => each.email === email);
  if (user === undefined) {
    throw new Error(`No login of ${email}`);
  }
  return user;
}

/** Every row of every table as text: what a copy of the database would give away. */
export async function dumpDatabase({ server }: ProductWorld): Promise<string> {
  const em = server.database.orm.em.fork();
  const tables = await query<{ name: string }>(
    em,
    `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`,
  );
  const texts: string[] = [];
  for (const { name } of tables) {
    const [row] = await query<{ text: string }>(
      em,
      `select coalesce(string_agg(t::text, e'\n'), '') as text from ${name} t`,
    );
    texts.push(row?.text ?? "");
  }
  return texts.join("\n");
}
