import { statement } from "../../../platform/database/statement.ts";

/** $1 product. The migration that moves people from or to its site and has started and not ended. */
export const findRunningOfProductStatement = statement<{ number: number }>(
  "migration.findRunningOfProduct",
  `select m.number from product p join migration m on p.site_id in (m.source_site_id, m.destination_site_id)
   where p.id = $1 and m.state in ('RUNNING', 'PAUSED', 'AWAITING_USERS', 'VERIFYING', 'UNDOING')
   order by m.id limit 1`,
);
