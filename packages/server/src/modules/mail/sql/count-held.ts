import { statement } from "../../../platform/database/statement.ts";
import { linkEndedSql } from "./mail-columns.ts";

/** How much mail is held, and how much of it would bring a link that leads nowhere any more. */
export interface HeldMail {
  held: number;
  linkEnded: number;
}

/** $1 organization; null for all and none. */
export const countHeldStatement = statement<HeldMail>(
  "mail.countHeld",
  `select count(*)::int as held, (count(*) filter (where ${linkEndedSql}))::int as "linkEnded"
   from mail_outbox m where m.state = 'HELD' and ($1::uuid is null or m.organization_id = $1)`,
);
