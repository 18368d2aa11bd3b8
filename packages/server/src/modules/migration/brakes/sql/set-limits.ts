import { statement } from "../../../../platform/database/statement.ts";

// $1 organization, $2 brakes, $3 per cent, $4 least people: parallel arrays.
export const setLimitsStatement = statement<{ brake: string }>(
  "migration.setLimits",
  `insert into brake_limit (organization_id, brake, percent, least_people)
   select $1, l.brake, l.percent, l.least_people from unnest($2::text[], $3::numeric[], $4::int[]) as l (brake, percent, least_people)
   on conflict (organization_id, brake) do update set percent = excluded.percent, least_people = excluded.least_people
   returning brake`,
);
