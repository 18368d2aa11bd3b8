/** What stands behind a login of a product. */
export type LoginKind = "PERSON" | "DISTRIBUTION_LIST" | "BOT";

/** A login of a product. */
export interface LoginRow {
  id: string;
  productId: string;
  email: string;
  loginName: string;
  kind: LoginKind;
  active: boolean;
  /** The account it is linked to. */
  accountId: string | null;
}

/** The columns of LoginRow, of product_user u. */
export const loginColumns = `u.id, u.product_id as "productId", u.email, u.login_name as "loginName", u.kind, u.active,
  u.account_id as "accountId"`;
