import { statement } from "../../../../platform/database/statement.ts";
import { isPresentSql } from "../../../../platform/jobs/presence.ts";

// What nobody with a living lease is at.
export const findWorkStatement = statement<{ id: string }>(
  "migration.findWork",
  `select m.id from migration m
   where (m.state in ('CHECKING', 'RUNNING', 'VERIFYING', 'UNDOING') or (m.access_version > m.proven_version
       and m.access_kept_at is not null and m.state in ('COMPLETED', 'COMPLETED_WITH_ATTENTION', 'CANCELLED', 'UNDONE'))
       or m.id in (select u.migration_id from migration_undo u where u.state = 'PLANNING'))
     and not exists (select 1 from migration_lease l where l.migration_id = m.id and l.expires_at > clock_timestamp()
       and ${isPresentSql("l.presence")})
   order by m.id`,
);
