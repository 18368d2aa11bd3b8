import { statement } from "../../../platform/database/statement.ts";
import { linkEndedSql } from "./mail-columns.ts";

/** What was decided about held mail, per organization; null for mail of none. */
export interface DecidedMail {
  organizationId: string | null;
  mails: number;
}

// $1 organization, null for all and none; $2 the one mail, null for every one; $3 whether those with dead links too; $4 true
// to let them go as if they were new, false to discard them.
export const decideHeldStatement = statement<DecidedMail>(
  "mail.decideHeld",
  `with held as (
     select m.id from mail_outbox m
     where m.state = 'HELD' and ($1::uuid is null or m.organization_id = $1) and ($2::uuid is null or m.id = $2)
       and ($3::boolean or not ${linkEndedSql})
     order by m.id for update
   ), decided as (
     update mail_outbox m set
       state = case when $4::boolean then 'QUEUED' else 'DISCARDED' end, held_reason = null, last_error = null, attempts = 0, uncertain_sends = 0, next_attempt_at = now(), released_at = clock_timestamp(),
       settled_at = case when $4::boolean then null else clock_timestamp() end,
       body = case when $4::boolean then m.body end
     from held where m.id = held.id
     returning m.organization_id
   )
   select organization_id as "organizationId", count(*)::int as mails from decided group by organization_id`,
);
