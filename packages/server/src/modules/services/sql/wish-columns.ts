/** A login that somebody wants to connect, as it was asked for. */
export interface WishRow {
  id: string;
  accountId: string;
  productId: string;
  email: string;
  loginName: string;
  askedAt: string | Date;
  expiresAt: string | Date;
}

/** The columns of WishRow, of service_wish w. */
export const wishColumns = `w.id, w.account_id as "accountId", w.product_id as "productId", w.email, w.login_name as "loginName",
  w.asked_at as "askedAt", w.expires_at as "expiresAt"`;
