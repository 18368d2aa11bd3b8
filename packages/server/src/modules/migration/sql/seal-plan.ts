import { statement } from "../../../platform/database/statement.ts";
import { defaultLimitsSql } from "../brakes/limits.ts";

// The limits of the brakes are sealed with the plan: what an organization changes later holds for later approvals.
export const sealPlanStatement = statement<{ id: string }>(
  "migration.sealPlan",
  `with sealed as (
     update migration set state = 'APPROVED', approved_fingerprint = plan_fingerprint, approved_by = $2, approved_at = clock_timestamp()
     where id = $1 and state = 'PLANNED' and plan_fingerprint = $3 returning id, organization_id
   ), limited as (
     insert into migration_brake (migration_id, brake, percent, least_people)
     select s.id, d.brake, coalesce(l.percent, d.percent), coalesce(l.least_people, d.least_people)
     from sealed s cross join (values ${defaultLimitsSql}) as d (brake, percent, least_people)
     left join brake_limit l on l.organization_id = s.organization_id and l.brake = d.brake
     on conflict (migration_id, brake) do update set percent = excluded.percent, least_people = excluded.least_people,
       counted = 0, tripped_at = null, trip = null, released_at = null, released_by = null, release_reason = null
   )
   select id from sealed`,
);
