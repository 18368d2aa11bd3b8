import type { StatementRunner } from "../../platform/database/statement.ts";
import { listConcernedStatement, type ConcernedRow } from "./sql/list-concerned.ts";
import { listHandOverStatement, type HandOverRow } from "./sql/list-hand-over.ts";

/** People who are mailed about one request, of each organization. */
export const mostMailed = 25;

/**
 * The organizations that decide: the one that has claimed the domain of the address alone, else every one that the account
 * has to do with. Where no admin can sign in nobody can be asked, and none is asked. Nobody at all: the server's operator.
 */
export function whoDecides(concerned: readonly ConcernedRow[]): ConcernedRow[] {
  const able = concerned.filter(({ admins }) => admins.length > 0);
  const manager = able.find(({ manages }) => manages);
  return manager === undefined ? able : [manager];
}

/** Every organization that an account has to do with. */
export async function listConcerned(em: StatementRunner, accountId: string): Promise<ConcernedRow[]> {
  return listConcernedStatement.run(em, [accountId]);
}

/** What has to be handed over before the account can be closed, or leave these organizations. */
export async function listHandOver(
  em: StatementRunner,
  accountId: string,
  organizationIds: readonly string[] | null = null,
): Promise<HandOverRow[]> {
  return listHandOverStatement.run(em, [accountId, organizationIds]);
}

/** What to do about one of them, to its holder. */
export function describeHandOver({ organizationName, placeName, role }: HandOverRow): string {
  switch (role) {
    case "PRODUCT_OWNER":
      return `You own ${placeName}. Transfer its ownership to somebody who accepts it.`;
    case "SITE_ADMIN":
      return `Nobody but you administers ${placeName}. Make somebody else its site admin.`;
    default:
      return `You are the last admin of ${organizationName} who can sign in. Make somebody else organization admin.`;
  }
}

/** Who can be asked, in words: by name for people with a role there, who see each other anyway. */
export function nameDeciders({ admins, byRole, organizationName }: ConcernedRow): string[] {
  return byRole ? admins.slice(0, 5).map(describePerson) : [`An organization admin of ${organizationName}`];
}

/** `Ann Lee (ann@abc.com)`, or the address of somebody without a name. */
export function describePerson({ email, name }: { name: string; email: string }): string {
  return name === "" ? email : `${name} (${email})`;
}
