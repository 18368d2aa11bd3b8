import { statement } from "../../../../../platform/database/statement.ts";
import { brakeConditions } from "./brake-conditions.ts";

const cases = Object.entries(brakeConditions).map(
  ([brake, condition]) => `when '${brake}' then ${condition}`,
);

// $1 migration, $2 after ordinal, $3 up to ordinal, $4 the brake.
export const listBrakeExamplesStatement = statement<{ example: string }>(
  "copyCustomers.listBrakeExamples",
  `select coalesce(nullif(i.email, ''), nullif(i.raw_email, ''), 'row ' || i.ordinal) as example
   from migration_item i
   where i.migration_id = $1 and i.ordinal > $2 and i.ordinal <= $3 and i.outcome is not null
     and case $4::text ${cases.join(" ")} else false end
   order by i.ordinal limit 10`,
);
