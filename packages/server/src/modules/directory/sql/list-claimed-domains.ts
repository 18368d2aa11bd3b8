import { statement } from "../../../platform/database/statement.ts";

export const listClaimedDomainsStatement = statement<{ organizationId: string; domains: string[] }>(
  "directory.listClaimedDomains",
  `select organization_id as "organizationId", array_agg(domain::text order by domain) as domains
   from claimed_domain where organization_id = any($1::uuid[])
   group by organization_id`,
);
