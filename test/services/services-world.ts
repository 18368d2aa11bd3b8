import pg from "pg";
import { grantConnections } from "../../packages/server/src/modules/services/index.ts";
import { createSignIn } from "../../packages/server/src/modules/sign-in/index.ts";
import { createLogger } from "../../packages/server/src/platform/logging.ts";
import { makeOrganization } from "../kit/factories.ts";
import { readLetters, secretIn, type OpenedLetter } from "../kit/letters.ts";
import { makeProduct, type MadeProduct } from "../kit/product-user-factories.ts";
import { query } from "../kit/query.ts";
import { openSchemaWorld, type Caller, type GivenRole, type SchemaWorld } from "../kit/schema-caller.ts";
import { testPassword } from "../kit/server.ts";
import { testServices } from "../kit/services.ts";

/** A mutation's answer: its type, and of a refusal everything. */
export interface Answer {
  __typename: string;
  code?: string;
  message?: string;
  field?: string | null;
  whoCanGrant?: string[];
  [field: string]: unknown;
}

/** What the page of services shows. */
export interface ShownServices {
  connected: { id: string; email: string; loginName: string; active: boolean; product: { name: string } }[];
  offered: { id: string; loginName: string; obstacle: string | null; product: { name: string } }[];
  pending: { id: string; email: string; loginName: string; expiresAt: string; product: { name: string } }[];
  services: {
    type: string;
    name: string;
    organizationName: string;
    because: string[];
    viewerCanAsk: boolean;
    asked: boolean;
  }[];
}

/** An organization with a product, and people; the schema is called without HTTP. */
export interface ServicesWorld {
  world: SchemaWorld;
  pool: pg.Pool;
  organizationId: string;
  product: MadeProduct;
  /** Another one, with an admin. Returns its id. */
  organization(name: string): Promise<string>;
  /** Somebody with a password and a proven address; a member unless told otherwise. */
  person(roles?: GivenRole[]): Promise<Caller & { email: string }>;
  ask(caller: Caller, input: { email: string; loginName?: string; productId?: string }): Promise<Answer>;
  /** Looks at everything that was asked for, as every server does each second. */
  grant(): Promise<void>;
  /** Asks, and gives the secret of the link mailed to the address. */
  askForLink(
    caller: Caller,
    input: { email: string; loginName?: string; productId?: string },
  ): Promise<string>;
  show(caller: Caller, secret: string): Promise<Answer>;
  confirm(caller: Caller, secret: string, idempotencyKey?: string): Promise<Answer>;
  change(
    caller: Caller,
    name: "cancelServiceConnection" | "disconnectService",
    input: object,
  ): Promise<Answer>;
  services(caller: Caller): Promise<ShownServices>;
  /** Whose account the login is on. */
  accountOf(loginId: string): Promise<string | null>;
  letters(email: string): Promise<OpenedLetter[]>;
  audit(action: string): Promise<{ summary: string; actor: string; before: unknown; after: unknown }[]>;
  close(): Promise<void>;
}

const refused = "... on Refused { code message field whoCanGrant }";
const services = `connected { id email loginName active linkedAt product { name organizationName } }
  offered { id loginName obstacle product { name } }
  pending { id email loginName askedAt expiresAt product { name } }
  services { type name kind hosting organizationName because viewerCanAsk asked }`;

export async function openServicesWorld(): Promise<ServicesWorld> {
  const world = await openSchemaWorld();
  const { em } = world;
  const pool = new pg.Pool({ connectionString: world.url, max: 4 });
  const { outbox, secrets } = testServices();
  let people = 0;
  const person = async (roles: GivenRole[]): Promise<Caller & { email: string }> => {
    people += 1;
    const [email, name] = [`person${people}@acme.example`, `Person ${people}`];
    const caller = await world.person(roles, { email, name });
    await createSignIn(pool, { accountId: caller.accountId, email, name, password: testPassword });
    return Object.assign(caller, { email });
  };
  const organization: ServicesWorld["organization"] = async (name) => {
    const { id } = await makeOrganization(em, { name });
    await person([{ role: "ORGANIZATION_ADMIN", organizationId: id }]);
    return id;
  };
  const organizationId = await organization("Acme");
  const product = await makeProduct(em, organizationId, { name: "Network status" });

  async function mutate(caller: Caller, document: string, input: object): Promise<Answer> {
    const answer = await caller.data<Record<string, Answer>>(document, { input });
    return Object.values(answer)[0] as Answer;
  }
  const ask: ServicesWorld["ask"] = (caller, input) =>
    mutate(
      caller,
      `mutation Ask($input: RequestServiceConnectionInput!) { requestServiceConnection(input: $input) {
         __typename ${refused} ... on PendingConnectionResult { pending { id email loginName askedAt expiresAt product { name } } } } }`,
      { productId: product.id, ...input },
    );
  const grant: ServicesWorld["grant"] = async () => {
    await grantConnections({ pool, outbox, logger: createLogger("silent") });
  };
  const letters: ServicesWorld["letters"] = (email) => readLetters(pool, secrets, email);
  return {
    world,
    pool,
    organizationId,
    product,
    organization,
    person: (roles = [{ role: "MEMBER", organizationId }]) => person(roles),
    ask,
    grant,
    async askForLink(caller, input) {
      const answer = await ask(caller, input);
      if (answer.__typename === "Refused") {
        throw new Error(`Refused: ${answer.message}`);
      }
      await grant();
      return secretIn((await letters(input.email)).at(-1));
    },
    async show(caller, secret) {
      const { serviceLink } = await caller.data<{ serviceLink: Answer }>(
        `query Link($secret: String!) { serviceLink(secret: $secret) { __typename ${refused}
           ... on ServiceLink { product { name organizationName } email loginName accountEmail replaces moves } } }`,
        { secret },
      );
      return serviceLink;
    },
    confirm: (caller, secret, idempotencyKey) =>
      mutate(
        caller,
        `mutation Confirm($input: ConfirmServiceConnectionInput!) { confirmServiceConnection(input: $input) {
           __typename ${refused} ... on ViewerServicesResult { changedId services { ${services} } } } }`,
        { secret, idempotencyKey },
      ),
    change: (caller, name, input) =>
      mutate(
        caller,
        `mutation Change($input: ${name.charAt(0).toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) {
           __typename ${refused} ... on ViewerServicesResult { changedId services { ${services} } } } }`,
        input,
      ),
    async services(caller) {
      const { viewer } = await caller.data<{ viewer: { services: ShownServices } }>(
        `{ viewer { services { ${services} } } }`,
      );
      return viewer.services;
    },
    async accountOf(loginId) {
      const [row] = await query<{ accountId: string | null }>(
        em,
        `select account_id as "accountId" from product_user where id = $1`,
        [loginId],
      );
      return row?.accountId ?? null;
    },
    letters,
    audit: (action) =>
      query(
        em,
        `select a.summary, c.email as actor, a.before, a.after from audit_entry a left join account c on c.id = a.actor_account_id
         where a.action = $1 and a.organization_id = $2 order by a.at, a.id`,
        [action, organizationId],
      ),
    async close() {
      await pool.end();
      await world.close();
    },
  };
}
