import { statement } from "../../../platform/database/statement.ts";

/** Removes, for 200 wishes at most, those that are over, and revokes their links. Accounts that somebody holds are for the next round. */
export const dropEndedStatement = statement(
  "services.dropEnded",
  `with over as (
     select w.id from service_wish w join account a on a.id = w.account_id
     where w.ended_at is not null or w.expires_at <= clock_timestamp()
     limit 200 for no key update of a skip locked
   ), dropped as (
     delete from service_wish w using over where w.id = over.id and (w.ended_at is not null or w.expires_at <= clock_timestamp())
     returning w.proof_id
   )
   update email_proof set revoked_at = clock_timestamp()
   where id in (select proof_id from dropped) and consumed_at is null and revoked_at is null`,
);
