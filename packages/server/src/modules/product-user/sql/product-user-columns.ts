/** A login of a product as every statement gives it back; times as the driver has them. */
export interface ProductUserRow {
  id: string;
  productId: string;
  productName: string;
  organizationId: string;
  email: string;
  loginName: string;
  name: string;
  role: string;
  active: boolean;
  kind: "PERSON" | "DISTRIBUTION_LIST" | "BOT";
  authentication: "PASSWORD" | "TOKEN";
  toldVerified: boolean | null;
  lastActiveAt: string | Date | null;
  accountId: string | null;
  addressProvenAt: string | Date | null;
  /** Of a bot with a password: the organization's other products where the address has logins, by name. */
  otherProducts: string[];
  /** The newest link that waits to be followed, and until when it works. */
  waitingEmail: string | null;
  waitingUntil: string | Date | null;
}

/** Whether the login of user `u` of product `p` signs in with a password and shares its address with other products (R56). */
const isShared = `u.kind = 'BOT' and u.authentication = 'PASSWORD' and exists (
  select from product_user o join product op on op.id = o.product_id
  where o.email = u.email and op.id <> p.id and op.organization_id = p.organization_id)`;

/** Whether something is to be done about user `u` of product `p`: a shared address that nobody has confirmed (R57). */
export const flaggedSql = `u.address_proof_id is null and ${isShared}`;

/** The columns of ProductUserRow. */
export const productUserColumns = `u.id, u.product_id as "productId", p.name as "productName", p.organization_id as "organizationId",
  u.email, u.login_name as "loginName", u.name, u.role, u.active, u.kind, u.authentication,
  u.told_verified as "toldVerified", u.last_active_at as "lastActiveAt", u.account_id as "accountId",
  (select a.consumed_at from email_proof a where a.id = u.address_proof_id) as "addressProvenAt",
  case when u.kind = 'BOT' and u.authentication = 'PASSWORD' then array(
    select distinct op.name from product_user o join product op on op.id = o.product_id
    where o.email = u.email and op.id <> p.id and op.organization_id = p.organization_id order by op.name) else '{}' end as "otherProducts",
  w.email as "waitingEmail", w.expires_at as "waitingUntil"`;

/** What ProductUserRow is read from. */
export const productUserTables = `product_user u join product p on p.id = u.product_id
  left join lateral (
    select x.email, x.expires_at from email_proof x
    where x.source_id = u.id and x.purpose = 'VERIFY_PRODUCT_USER' and x.consumed_at is null and x.revoked_at is null
      and x.expires_at > clock_timestamp()
    order by x.created_at desc limit 1
  ) w on u.kind = 'BOT'`;

/** What a filter asks of user `u` of product `p`: $1 product, $2 pattern or null, $3 kind or null, $4 flagged, $5 active, or null. */
export const matchesFilterSql = `u.product_id = $1
  and ($2::text is null or u.email like lower($2) or u.name ilike $2 or u.login_name ilike $2)
  and ($3::text is null or u.kind = $3) and ($5::boolean is null or u.active = $5)
  and ($4::boolean is null or (${flaggedSql}) = $4)`;
