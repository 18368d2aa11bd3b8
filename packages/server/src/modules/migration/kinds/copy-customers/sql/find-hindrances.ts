import { statement } from "../../../../../platform/database/statement.ts";

/** What goes on at the two sites that a plan should know of, and their names. */
export interface Hindrances {
  source: string;
  destination: string;
  /** Migrations between the two sites, either way, that are approved or under way: MR-7 (RUNNING). */
  liveRuns: string[];
  /** Customer, request and project files uploaded to either site and not applied. */
  pendingUploads: string[];
}

// $1 migration, $2 source site, $3 destination site.
export const findHindrancesStatement = statement<Hindrances>(
  "copyCustomers.findHindrances",
  `select s.name as source, d.name as destination,
     array(select 'MR-' || m.number || ' (' || m.state || ')' from migration m
       where m.id <> $1 and m.state in ('APPROVED', 'RUNNING', 'PAUSED', 'VERIFYING')
         and (m.source_site_id, m.destination_site_id) in (($2, $3), ($3, $2))
       order by m.number) as "liveRuns",
     array(select f.file_name from import_file f
       where f.site_id in ($2, $3) and f.state in ('PREVIEW', 'APPLYING') order by f.id) as "pendingUploads"
   from site s, site d where s.id = $2 and d.id = $3`,
);
