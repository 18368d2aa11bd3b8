import { statement } from "../../../platform/database/statement.ts";
import { migrationColumns, type MigrationRow } from "../migration-record.ts";

// Newest first by number. $2: states or null; $3: needs attention; $4: search (MR number or site name); $5: after number.
export const listMigrationsStatement = statement<MigrationRow & { total: number }>(
  "migration.listMigrations",
  `with found as (
     select ${migrationColumns}
     from migration m
     join site s on s.id = m.source_site_id
     join site d on d.id = m.destination_site_id
     where m.organization_id = $1
       and ($2::text[] is null or m.state = any($2))
       and (not coalesce($3::boolean, false) or m.open_attention_count > 0)
       and ($4::text is null or 'mr-' || m.number = lower($4) or m.number::text = $4
         or position(lower($4) in lower(s.name || ' ' || s.url_name || ' ' || d.name || ' ' || d.url_name)) > 0)
   )
   select f.*, (select count(*)::int from found) as total
   from found f
   where ($5::int is null or f.number < $5)
   order by f.number desc
   limit $6`,
);
