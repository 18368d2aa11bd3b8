/**
 * The identities asked for, and the projects they reach, as CTEs `asked`, `identity` and `reach`.
 * $1 sites, $2 accounts, $3 portal-only accounts: parallel arrays, one of the two ids null.
 *
 * The views are narrowed by `= any(array)` first and matched with the input afterwards. Joined to them directly,
 * the other half of the view (whose id is a null) is scanned whole for each identity: 9 s against 3 ms over
 * a million people.
 */
export const identityReach = `
  asked as (
    select * from unnest($1::uuid[], $2::uuid[], $3::uuid[])
      with ordinality as k (site_id, account_id, portal_customer_id, ordinal)
  ), found as materialized (
    select i.* from site_identity i where i.site_id = any($1::uuid[]) and i.account_id = any($2::uuid[])
    union all
    select i.* from site_identity i where i.site_id = any($1::uuid[]) and i.portal_customer_id = any($3::uuid[])
  ), identity as (
    select k.ordinal, f.* from asked k join found f on f.site_id = k.site_id
      and (f.account_id = k.account_id or f.portal_customer_id = k.portal_customer_id)
  ), reached as materialized (
    select e.* from effective_project_access e where e.site_id = any($1::uuid[]) and e.account_id = any($2::uuid[])
    union all
    select e.* from effective_project_access e
    where e.site_id = any($1::uuid[]) and e.portal_customer_id = any($3::uuid[])
  ), reach as (
    select k.ordinal, r.project_id from asked k join reached r on r.site_id = k.site_id
      and (r.account_id = k.account_id or r.portal_customer_id = k.portal_customer_id)
  )`;
