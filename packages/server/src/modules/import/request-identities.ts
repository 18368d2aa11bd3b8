/**
 * Common table expressions over the good rows of import $1 and site $2. `identity`: each email named there and
 * what the site has for it. `reporter`: whose each request is, by PRODUCT 2.3: the type says whose; without one
 * the only type there; with both the account.
 */
export const requestIdentitiesSql = `
  named as materialized (
    select reporter_email as email from request_row
    where import_id = $1 and state = 'GOOD' and reporter_email is not null
    union
    select unnest(participants) from request_row where import_id = $1 and state = 'GOOD'
  ),
  present as (
    select a.email, a.id from account a join site_account sa on sa.account_id = a.id and sa.site_id = $2
  ),
  identity as materialized (
    select n.email, a.id as account_id, c.id as portal_customer_id
    from named n
    left join present a on a.email = n.email
    left join portal_customer c on c.site_id = $2 and c.email = n.email
    where a.id is not null or c.id is not null
  ),
  reporter as materialized (
    select r.row_number, i.account_id is not null and i.portal_customer_id is not null as has_both, i.email is not null as is_known,
      case when r.reporter_type is distinct from 'PORTAL_ONLY' then i.account_id end as account_id,
      case when r.reporter_type = 'PORTAL_ONLY' or (r.reporter_type is null and i.account_id is null)
        then i.portal_customer_id end as portal_customer_id
    from request_row r left join identity i on i.email = r.reporter_email
    where r.import_id = $1 and r.state = 'GOOD'
  )`;
