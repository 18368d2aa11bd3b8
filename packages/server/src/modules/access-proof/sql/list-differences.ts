import { statement } from "../../../platform/database/statement.ts";

/** One entry of a page of the proof. */
export interface DifferenceEntry {
  email: string;
  resource: string;
  gained: boolean;
  cause: string | null;
  causeId: string | null;
}

// The index gives people in order; only the entries of one person are sorted, and no more people are opened up than
// the page takes. An entry stands once per person and resource, so the two are the page's key.
// $1 migration, $2 computation, $3 OPEN projects as resources, $4 gained or lost or null for both, $5 explained or
// unexplained or null for both, $6 cause, $7 text in email or resource, $8 after email, $9 after resource, $10 rows.
export const listDifferencesSql = `select d.email, r.resource, d.gained, d.cause, d.cause_id as "causeId"
   from access_difference d
   cross join lateral unnest(case when d.open_projects then d.resources || $3::text[] else d.resources end) r (resource)
   where d.migration_id = $1 and d.computation = $2
     and ($4::boolean is null or d.gained = $4) and ($5::boolean is null or (d.cause is not null) = $5)
     and ($6::text is null or d.cause = $6)
     -- The first condition spares opening up the people without a match.
     and ($7::text is null or position($7 in d.email) > 0 or position($7 in lower(array_to_string(d.resources, ' '))) > 0
       or (d.open_projects and position($7 in lower(array_to_string($3::text[], ' '))) > 0))
     and ($7::text is null or position($7 in d.email) > 0 or position($7 in lower(r.resource)) > 0)
     and d.email >= coalesce($8::text, '') and (d.email > coalesce($8::text, '') or r.resource collate "C" > coalesce($9::text, ''))
   order by d.email, r.resource collate "C" limit $10`;

export const listDifferencesStatement = statement<DifferenceEntry>(
  "accessProof.listDifferences",
  listDifferencesSql,
);
