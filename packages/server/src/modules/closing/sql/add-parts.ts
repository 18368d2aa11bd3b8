import { statement } from "../../../platform/database/statement.ts";

/** $1 closing, $2 organizations. Rows for those that were not asked before. */
export const addPartsStatement = statement<{ id: string; organizationId: string }>(
  "closing.addParts",
  `insert into account_closing_part (closing_id, organization_id) select $1, unnest($2::uuid[])
   on conflict on constraint account_closing_part_key do nothing
   returning id, organization_id as "organizationId"`,
);
