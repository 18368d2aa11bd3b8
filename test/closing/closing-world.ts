import type { Role } from "../../packages/server/src/modules/sign-in/index.ts";
import { ApiClient } from "../kit/api-client.ts";
import { testPassword } from "../kit/server.ts";
import { makePerson, makeWorld, type World } from "../kit/world.ts";
import { openRecoveryWorld, type Answer, type RecoveryWorld } from "../recovery/recovery-world.ts";

/** Somebody who is signed in. */
export interface SignedIn {
  accountId: string;
  email: string;
  cookie: string;
  client: ApiClient;
}

/** What a mutation answered. */
export interface Decided {
  __typename: string;
  code?: string;
  message?: string;
  field?: string | null;
  whoCanGrant?: string[];
  request?: { id: string; state: string; decidedBy: { email: string } | null };
  closing?: { state: string };
  accountId?: string;
}

/** Where a role holds; nobody's organization for somebody without one. */
export interface Grant {
  role: Role;
  organizationId: string;
  siteId?: string;
  productId?: string;
}

/** The whole product with two organizations, and what tests of closing do with them. */
export interface ClosingWorld extends RecoveryWorld {
  acme: World;
  other: World;
  signedIn(grants?: Grant[], email?: string): Promise<SignedIn>;
  /** Asks for one's account to be closed, as the page does. */
  askToClose(person: SignedIn, body?: object): Promise<Answer>;
  /** Asks; the ids of the requests to organizations by organization. */
  asked(person: SignedIn, reason?: string): Promise<Record<string, string>>;
  decide(admin: ApiClient, requestId: string, how: "approve" | "decline", reason?: string): Promise<Decided>;
  change(client: ApiClient, mutation: string, input: object): Promise<Decided>;
  put(person: { accountId: string }, siteId: string, customerRole?: boolean): Promise<void>;
  one<Row>(sql: string, ...parameters: unknown[]): Promise<Row | undefined>;
}

const refused = "... on Refused { code message field whoCanGrant }";
const answers: Record<string, string> = {
  approveAccountClosing: "... on ClosingRequestResult { request { id state decidedBy { email } } }",
  declineAccountClosing: "... on ClosingRequestResult { request { id state decidedBy { email } } }",
  withdrawAccountClosing: "... on AccountClosingResult { closing { id state } }",
  reopenAccount: "... on ReopenedAccount { accountId }",
  setActive: "... on PersonProfileResult { person { id } }",
};

export async function openClosingWorld(): Promise<ClosingWorld> {
  const world = await openRecoveryWorld();
  const { server } = world;
  const acme = await makeWorld(server, "Acme");
  const other = await makeWorld(server, "Other");
  let people = 0;

  const askToClose: ClosingWorld["askToClose"] = (person, body = {}) =>
    world.post("/api/recovery/close-account", { password: testPassword, ...body }, { cookie: person.cookie });
  const change: ClosingWorld["change"] = async (client, mutation, input) => {
    const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
    const data = await client.query<Record<string, Decided>>(
      `mutation M($input: ${type}!) { ${mutation}(input: $input) { __typename ${answers[mutation]} ${refused} } }`,
      { input },
    );
    return data[mutation] as Decided;
  };
  return {
    ...world,
    acme,
    other,
    askToClose,
    change,
    async signedIn(grants = [], email = `person${(people += 1)}@somewhere.example`) {
      const accountId = await makePerson(server, email, grants);
      const client = await server.signIn(email);
      return { accountId, email, cookie: client.cookie, client };
    },
    async asked(person, reason = "") {
      const { status, body } = await askToClose(person, { reason });
      if (status !== 200) {
        throw new Error(`Asking answered ${status}: ${JSON.stringify(body)}`);
      }
      const { rows } = await server.pool.query<{ id: string; organization_id: string }>(
        `select p.id, p.organization_id from account_closing_part p join account_closing c on c.id = p.closing_id
         where c.account_id = $1 and c.state = 'PENDING'`,
        [person.accountId],
      );
      return Object.fromEntries(rows.map((row) => [row.organization_id, row.id]));
    },
    decide: (admin, requestId, how, reason) =>
      change(admin, `${how}AccountClosing`, { requestId, ...(reason === undefined ? {} : { reason }) }),
    async put({ accountId }, siteId, customerRole = true) {
      await server.pool.query(
        "insert into site_account (site_id, account_id, customer_role) values ($1, $2, $3)",
        [siteId, accountId, customerRole],
      );
    },
    async one<Row>(sql: string, ...parameters: unknown[]) {
      const { rows } = await server.pool.query<Row & object>(sql, parameters);
      return rows[0];
    },
  };
}
