import { statement } from "../../../platform/database/statement.ts";

/** An identity on a site before a change, with its site for the policy. */
export interface LockedIdentity {
  siteId: string;
  siteName: string;
  organizationId: string;
  type: "PORTAL_ONLY" | "ATLASSIAN_ACCOUNT";
  email: string;
  active: boolean;
  kind: string | null;
  /** Whether the account was closed by request. */
  closed: boolean;
}

// $1 site, $2 account or portal-only account. Locks the row of the identity, so that two changes follow one another.
export const lockIdentityStatement = statement<LockedIdentity>(
  "directory.lockIdentity",
  `with account_there as (
     select sa.site_id, 'ATLASSIAN_ACCOUNT' as type, a.email, sa.active, sa.kind,
       exists (select from closed_account c where c.account_id = a.id) as closed
     from site_account sa join account a on a.id = sa.account_id
     where sa.site_id = $1 and sa.account_id = $2
     for update of sa
   ), portal_customer_there as (
     select p.site_id, 'PORTAL_ONLY' as type, p.email, p.active, p.kind, false as closed
     from portal_customer p where p.site_id = $1 and p.id = $2
     for update of p
   )
   select s.id as "siteId", s.name as "siteName", s.organization_id as "organizationId", i.type, i.email, i.active, i.kind, i.closed
   from (select * from account_there union all select * from portal_customer_there) i
   join site s on s.id = i.site_id`,
);
