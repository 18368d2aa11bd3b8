import { statement } from "../../../../platform/database/statement.ts";

export const raiseFenceStatement = statement<{ number: string }>(
  "migration.raiseFence",
  `update migration set lease_number = lease_number + 1, progressed_at = clock_timestamp() where id = $1
   returning lease_number::text as number`,
);
