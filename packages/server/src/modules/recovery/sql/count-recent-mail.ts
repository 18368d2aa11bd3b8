import { statement } from "../../../platform/database/statement.ts";

/** Mail of one purpose that an account got within the life of a link, and within the last minute. */
export interface RecentMailRow {
  inLinkLife: number;
  inLastMinute: number;
}

/** $1 account, $2 purpose of the mail, $3 minutes a link lives. */
export const countRecentMailStatement = statement<RecentMailRow>(
  "recovery.countRecentMail",
  `select count(*)::int as "inLinkLife",
     count(*) filter (where created_at > now() - interval '1 minute')::int as "inLastMinute"
   from mail_outbox
   where account_id = $1 and purpose = $2 and created_at > now() - make_interval(mins => $3)`,
);
