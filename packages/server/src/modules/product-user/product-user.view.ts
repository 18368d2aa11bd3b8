import type { ProductUserFlagType, ProductUserType } from "./product-user.types.ts";
import { remedies } from "./product-user.types.ts";
import type { ProductUserRow } from "./sql/product-user-columns.ts";

/** The GraphQL object of a login. */
export function toProductUser(row: ProductUserRow): ProductUserType {
  const { id, email, loginName, name, role, active, kind, authentication, toldVerified, accountId } = row;
  return {
    id,
    email,
    loginName,
    name,
    role,
    active,
    kind,
    authentication,
    toldVerified,
    accountId,
    lastActiveAt: row.lastActiveAt === null ? null : new Date(row.lastActiveAt),
    addressConfirmedAt: row.addressProvenAt === null ? null : new Date(row.addressProvenAt),
    waitingLink:
      row.waitingEmail === null || row.waitingUntil === null
        ? null
        : { email: row.waitingEmail, expiresAt: new Date(row.waitingUntil) },
    flag: toFlag(row),
  };
}

/** A bot with a password is told apart by its address alone, which others use, too, and that nobody confirmed (R56). */
export function toFlag({ addressProvenAt, otherProducts }: ProductUserRow): ProductUserFlagType | null {
  if (otherProducts.length === 0 || addressProvenAt !== null) {
    return null;
  }
  const where = otherProducts.length === 1 ? "one more product" : `${otherProducts.length} more products`;
  return {
    reason: `This bot signs in with a password, and its address has logins on ${where} of the organization: nobody can tell whose it is.`,
    products: otherProducts,
    remedies,
  };
}

/** What people call a bot: its name, else its login name, else its address. */
export function nameBot({
  name,
  loginName,
  email,
}: Pick<ProductUserRow, "email" | "loginName" | "name">): string {
  return [name, loginName, email].find((text) => text !== "") ?? email;
}

/** `ci@acme.example`, or with its login name where the address has several. */
export function nameLogin({ email, loginName }: Pick<ProductUserRow, "email" | "loginName">): string {
  return loginName === "" ? email : `${loginName} (${email})`;
}
