/**
 * Organizations whose products the account of $1 may ask to connect a login of: where it has a role, is active on a site,
 * or a login of a product has its address or is linked to it.
 */
export const belongingSql = `select organization_id as id from role_assignment where account_id = $1
   union
   select s.organization_id from site_account sa join site s on s.id = sa.site_id where sa.account_id = $1 and sa.active
   union
   select p.organization_id from account a join product_user u on u.email = a.email join product p on p.id = u.product_id
   where a.id = $1
   union
   select p.organization_id from product_user u join product p on p.id = u.product_id where u.account_id = $1`;
