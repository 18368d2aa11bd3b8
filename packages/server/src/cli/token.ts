import { parseArgs } from "node:util";
import { readConfig } from "../config.ts";
import { openDatabase, openRunningDatabase } from "../database.ts";
import {
  createApiToken,
  findOrganizationStatement,
  findOwnerStatement,
  findTokenStatement,
  listTokensStatement,
  revokeApiToken,
  type TokenOwner,
  type TokenRow,
} from "../modules/api-token/index.ts";
import { canonicalizeEmail } from "../modules/directory/index.ts";
import type { EntityManager } from "../platform/database/orm.ts";
import { createLogger } from "../platform/logging.ts";
import { isRefused } from "../platform/refusal.ts";

const usage = `Usage: rehome token create --email E --name N [--scope read|migrate] [--days N] [--organization NAME]
       rehome token list --email E
       rehome token revoke ID --email E

API tokens, on the server's own machine: it opens the database that DATABASE_URL names, else the embedded one in
REHOME_DATA_DIR, whether a server runs on it or not. "create" prints the secret, this once.
Without --scope a token may only read; without --days it ends after 90 days (365 at most).
`;

const options = {
  email: { type: "string" },
  name: { type: "string" },
  scope: { type: "string", default: "read" },
  days: { type: "string", default: "90" },
  organization: { type: "string" },
  help: { type: "boolean", short: "h" },
} as const;

type Wishes = ReturnType<typeof readWords>["values"];

/** `rehome token create|list|revoke`: 0 done, 1 failed, 2 wrong usage, 3 refused. */
export async function tokenCommand(words: string[]): Promise<number> {
  let given: ReturnType<typeof readWords>;
  try {
    given = readWords(words);
  } catch (error) {
    return explainUsage(error instanceof Error ? error.message : String(error));
  }
  const { values, positionals } = given;
  if (values.help) {
    process.stdout.write(usage);
    return 0;
  }
  const [what = "", id = ""] = positionals;
  const days = Number(values.days);
  if (!["create", "list", "revoke"].includes(what) || positionals.length > (what === "revoke" ? 2 : 1)) {
    return explainUsage("Say one of create, list and revoke.");
  }
  if (values.email === undefined || (what === "create" && values.name === undefined)) {
    return explainUsage(`${what} needs --email${what === "create" ? " and --name" : ""}.`);
  }
  if (what === "create" && (!["read", "migrate"].includes(values.scope) || !Number.isInteger(days))) {
    return explainUsage("--scope is read or migrate, --days a whole number.");
  }
  if (what === "revoke" && !/^[0-9a-f-]{36}$/.test(id)) {
    return explainUsage("revoke needs the token's id, as list shows it.");
  }
  return withDatabase((em) => act(em, what, id, values));
}

function readWords(words: string[]) {
  return parseArgs({ args: words, options, allowPositionals: true });
}

function explainUsage(problem: string): number {
  process.stderr.write(`rehome token: ${problem}\n\n${usage}`);
  return 2;
}

async function withDatabase(work: (em: EntityManager) => Promise<number>): Promise<number> {
  const config = readConfig();
  const database =
    (await openRunningDatabase(config)) ?? (await openDatabase(config, createLogger(config.logLevel)));
  try {
    return await work(database.orm.em.fork() as EntityManager);
  } finally {
    await database.close();
  }
}

async function act(em: EntityManager, what: string, id: string, values: Wishes): Promise<number> {
  const email = values.email ?? "";
  const canonical = canonicalizeEmail(email);
  const [owner] = canonical.status === "ok" ? await findOwnerStatement.run(em, [canonical.email]) : [];
  if (owner === undefined) {
    process.stderr.write(`rehome token: nobody here has the email ${email}.\n`);
    return 1;
  }
  if (what === "create") {
    return create(em, owner, values);
  }
  if (what === "revoke") {
    return revoke(em, owner, id);
  }
  for (const token of await listTokensStatement.run(em, [[owner.accountId], 200])) {
    process.stdout.write(`${describe(token)}\n`);
  }
  return 0;
}

async function create(em: EntityManager, owner: TokenOwner, values: Wishes): Promise<number> {
  const organizationId = await findOrganization(em, owner, values.organization);
  if (organizationId === undefined) {
    process.stderr.write(`rehome token: ${owner.email} has no role in ${values.organization}.\n`);
    return 1;
  }
  const scope = values.scope === "migrate" ? "MIGRATE" : "READ";
  const wish = { name: values.name ?? "", scope, days: Number(values.days), organizationId } as const;
  const made = await createApiToken(em, owner, wish, null);
  if (isRefused(made)) {
    process.stderr.write(`rehome token: ${made.message}\n`);
    return 3;
  }
  process.stderr.write(`${describe(made.token)}\nThe secret, which nothing can show again:\n`);
  // Alone on standard output, so that a script can catch it.
  process.stdout.write(`${made.secret}\n`);
  return 0;
}

/** Null without a name: every organization of the owner. Undefined when the owner has no role in one of that name. */
async function findOrganization(
  em: EntityManager,
  { grants }: TokenOwner,
  name: string | undefined,
): Promise<string | null | undefined> {
  if (name === undefined) {
    return null;
  }
  const ids = [...new Set(grants.map((grant) => grant.organizationId))];
  const [found] = await findOrganizationStatement.run(em, [ids, name]);
  return found?.id;
}

async function revoke(em: EntityManager, owner: TokenOwner, id: string): Promise<number> {
  if ((await findTokenStatement.run(em, [id, owner.accountId])).length === 0) {
    process.stderr.write(`rehome token: ${owner.email} has no token ${id}.\n`);
    return 1;
  }
  const revoked = await revokeApiToken(em, owner, id, null);
  if (isRefused(revoked)) {
    process.stderr.write(`rehome token: ${revoked.message}\n`);
    return 3;
  }
  process.stdout.write(`${describe(revoked)}\n`);
  return 0;
}

function describe(token: TokenRow): string {
  const day = (time: number): string => new Date(time).toISOString().slice(0, 10);
  const state =
    token.revokedAt === null ? `until ${day(token.expiresAt)}` : `revoked ${day(token.revokedAt)}`;
  const used = token.lastUsedAt === null ? "never used" : `last used ${day(token.lastUsedAt)}`;
  return [token.id, `${token.hint}…`, token.scope.toLowerCase(), state, used, token.name].join("  ");
}
