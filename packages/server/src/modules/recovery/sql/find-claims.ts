import { statement } from "../../../platform/database/statement.ts";

/** An organization that has claimed the domain of an address: it manages the accounts there. */
export interface ClaimRow {
  email: string;
  domain: string;
  organizationId: string;
  organizationName: string;
}

/** $1 canonical emails. No row for an address whose domain nobody has claimed. */
export const findClaimsStatement = statement<ClaimRow>(
  "recovery.findClaims",
  `select wanted.email, d.domain, o.id as "organizationId", o.name as "organizationName"
   from unnest($1::text[]) with ordinality as wanted (email, place)
   join claimed_domain d on d.domain = split_part(wanted.email, '@', 2)
   join organization o on o.id = d.organization_id
   order by wanted.place`,
);
