import type { EntityManager } from "../../platform/database/orm.ts";
import type { StatementRunner } from "../../platform/database/statement.ts";
import { notFound } from "../../platform/graphql/errors.ts";
import { refuse } from "../../platform/refusal.ts";
import { belongsToOrganization, canManageProductUsers, type Actor } from "../sign-in/index.ts";
import { toFlag } from "./product-user.view.ts";
import { loadProductUsersStatement } from "./sql/load-product-users.ts";
import { lockProductOfUserStatement } from "./sql/lock-product-of-user.ts";
import { lockProductUserStatement } from "./sql/lock-product-user.ts";
import type { ProductUserRow } from "./sql/product-user-columns.ts";

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether an id can be one of ours. */
export function isUuid(id: string): boolean {
  return uuidPattern.test(id);
}

/** A login that nobody else changes until the transaction ends. */
export interface LockedUser extends ProductUserRow {
  sealedHash: Buffer | null;
}

/** The login, behind the locks of its product and its own; null where there is none. */
export async function lockProductUser(tx: StatementRunner, id: string): Promise<LockedUser | null> {
  if (!isUuid(id)) {
    return null;
  }
  await lockProductOfUserStatement.run(tx, [id]);
  const [locked] = await lockProductUserStatement.run(tx, [id]);
  const [row] = locked === undefined ? [] : await loadProductUsersStatement.run(tx, [[id]]);
  return locked === undefined || row === undefined ? null : { ...row, ...locked };
}

/**
 * The locked login, for somebody who may decide about it: NOT_FOUND for strangers as for none, the policy's refusal for the
 * organization's own people, and refused unless something is to be done about it.
 */
export async function lockFlagged(tx: EntityManager, actor: Actor, id: string): Promise<LockedUser> {
  const user = await lockProductUser(tx, id);
  if (user === null || !belongsToOrganization(actor, user.organizationId)) {
    throw notFound();
  }
  const { productId, organizationId, productName } = user;
  const allowed = canManageProductUsers(actor, { id: productId, organizationId, name: productName });
  if (allowed !== true) {
    refuse(allowed.code, allowed.message, { whoCanGrant: allowed.whoCanGrant });
  }
  if (toFlag(user) === null) {
    refuse(
      "INVALID_STATE",
      `Nothing is to be done about ${user.email}: only a bot with a password whose unconfirmed address has logins on several products is flagged.`,
    );
  }
  return user;
}
