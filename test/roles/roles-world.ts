import { withClient } from "../kit/database.ts";
import { makeOrganization, makeSite, type MadeSite } from "../kit/factories.ts";
import { readMailLinks } from "../kit/letters.ts";
import { insertRow, query } from "../kit/query.ts";
import { openSchemaWorld, type Caller, type GivenRole, type SchemaWorld } from "../kit/schema-caller.ts";
import { testMasterKey } from "../kit/services.ts";

/** An organization with a site, a product and people who can sign in; the schema is called without HTTP. */
export interface RolesWorld {
  world: SchemaWorld;
  organizationId: string;
  site: MadeSite;
  productId: string;
  /** Somebody with these roles who has a password and has proven their address. */
  person(name: string, roles?: GivenRole[]): Promise<Caller>;
  /** The caller with the roles the database has for them now. */
  again(caller: Caller): Promise<Caller>;
  rolesOf(accountId: string): Promise<string[]>;
  /** Secrets of the links in mails to the address, the oldest first. */
  linksTo(address: string): Promise<string[]>;
  auditOf(action: string): Promise<Record<string, unknown>[]>;
  close(): Promise<void>;
}

export async function openRolesWorld(): Promise<RolesWorld> {
  const world = await openSchemaWorld();
  const { em } = world;
  const organizationId = (await makeOrganization(em, { name: "Acme" })).id;
  const site = await makeSite(em, { organizationId, name: "Acme Help" });
  const productId = await insertRow(em, "product", {
    organization_id: organizationId,
    kind: "Statuspage",
    hosting: "CLOUD",
    name: "Network status",
  });
  return {
    world,
    organizationId,
    site,
    productId,
    async person(name, roles = []) {
      const caller = await world.person(roles, { email: `${name}@acme.example`, name });
      await query(em, "update account set proved_at = now() where id = $1", [caller.accountId]);
      const userId = await insertRow(em, "auth_user", {
        account_id: caller.accountId,
        email: `${name}@acme.example`,
        name,
      });
      await insertRow(em, "auth_credential", {
        user_id: userId,
        account_id: caller.accountId,
        provider_id: "credential",
        password: "$argon2id$of no password",
      });
      return caller;
    },
    again: (caller) => world.again(caller),
    async rolesOf(accountId) {
      const rows = await query<{ role: string }>(
        em,
        "select role from role_assignment where account_id = $1 order by role",
        [accountId],
      );
      return rows.map(({ role }) => role);
    },
    async linksTo(address) {
      const links = await withClient(world.url, (client) =>
        readMailLinks(client, testMasterKey, address, "/invitation/"),
      );
      return links.map((link) => link.slice("/invitation/".length));
    },
    auditOf: (action) => query(em, "select * from audit_entry where action = $1 order by at", [action]),
    close: () => world.close(),
  };
}

/** What a mutation answered: its type, and of a refusal everything. */
export interface Answer {
  __typename: string;
  code?: string;
  message?: string;
  field?: string | null;
  whoCanGrant?: string[];
  [field: string]: unknown;
}

const refused = "... on Refused { code message field whoCanGrant }";
const selections: Record<string, string> = {
  grantRole: `... on PersonRolesResult { person { id roles { id role } } }`,
  changeRole: `... on PersonRolesResult { person { id roles { id role } } }`,
  revokeRole: `... on PersonRolesResult { person { id roles { id role } } }`,
  acceptInvitation: `... on AnsweredInvitation { email organizationId }`,
  declineInvitation: `... on AnsweredInvitation { email organizationId }`,
};
const invitationFields = `... on InvitationResult { invitation { id email role generation expired viewerCanChange } }`;
const requestFields = `... on AccessRequestResult { request { id state decisionReason decidedBy { email } } }`;

/** Asks for one mutation with its input. */
export async function change(caller: Caller, name: string, input: object): Promise<Answer> {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const inputType =
    name === "resendInvitation" || name === "withdrawInvitation" || name === "declineInvitation"
      ? "InvitationInput"
      : type;
  const selected =
    selections[name] ??
    (name.endsWith("Request") || name === "requestAccess" ? requestFields : invitationFields);
  const document = `mutation M($input: ${inputType}!) { ${name}(input: $input) { __typename ${selected} ${refused} } }`;
  return (await caller.data<Record<string, Answer>>(document, { input }))[name] as Answer;
}
