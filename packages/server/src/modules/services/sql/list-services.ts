import { statement } from "../../../platform/database/statement.ts";
import { belongingSql } from "./belonging.ts";

/** What an account can open, or could. */
export interface ServiceRow {
  id: string;
  type: "SITE" | "PRODUCT";
  name: string;
  /** Of a product; null for a site. */
  kind: string | null;
  hosting: "CLOUD" | "SERVER";
  organizationName: string;
  /** By which roles, presence or login it opens; empty where it does not. */
  because: ServiceReason[];
  /** Whether the account has a role in the organization, without which nobody asks there. */
  mayAsk: boolean;
  /** Whether it has asked, and waits. */
  asked: boolean;
}

export type ServiceReason =
  | "PRESENT"
  | "CONNECTED"
  | "ORGANIZATION_ADMIN"
  | "SITE_ADMIN"
  | "PRODUCT_OWNER"
  | "PRODUCT_ADMIN";

/**
 * $1 account, $2 limit. Sites that it is on or that are of an organization in which it has a role; products of organizations
 * that it belongs to. What it can open comes first.
 */
export const listServicesStatement = statement<ServiceRow>(
  "services.listServices",
  `with belonging as (${belongingSql}
   ), held as (
     select role, organization_id, site_id, product_id from role_assignment where account_id = $1
   ), asked as (
     select site_id, product_id, wish from access_request where account_id = $1 and state = 'PENDING'
   ), service as (
     select s.id, 'SITE' as type, s.name, null as kind, 'CLOUD' as hosting, s.organization_id,
       array(select 'PRESENT' where exists (
           select from site_account sa where sa.site_id = s.id and sa.account_id = $1 and sa.active)
         union all
         select distinct h.role from held h where h.organization_id = s.organization_id
           and (h.role = 'ORGANIZATION_ADMIN' or h.site_id = s.id)) as because,
       exists (select from asked q where q.site_id = s.id and q.wish = 'SITE_ACCESS') as asked
     from site s
     where s.organization_id in (select organization_id from held)
       or exists (select from site_account sa where sa.site_id = s.id and sa.account_id = $1 and sa.active)
     union all
     select p.id, 'PRODUCT', p.name, p.kind, p.hosting, p.organization_id,
       array(select 'CONNECTED' where exists (
           select from product_user u where u.product_id = p.id and u.account_id = $1)
         union all
         select distinct h.role from held h where h.product_id = p.id),
       exists (select from asked q where q.product_id = p.id and q.wish = 'PRODUCT_ADMIN')
     from product p
     where p.organization_id in (select id from belonging)
   )
   select s.id, s.type, s.name, s.kind, s.hosting, o.name as "organizationName", to_json(s.because) as because, s.asked,
     s.organization_id in (select organization_id from held) as "mayAsk"
   from service s join organization o on o.id = s.organization_id
   order by s.because = '{}', s.type desc, s.name, s.id limit $2`,
);
