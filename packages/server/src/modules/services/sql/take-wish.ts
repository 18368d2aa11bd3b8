import { statement } from "../../../platform/database/statement.ts";

/**
 * $1 wishes to leave alone. The oldest one that nobody looked at, with its account locked: whoever ends the account's links
 * is either seen here or ends this one as well. Accounts that somebody holds are for the next round.
 */
export const takeWishStatement = statement<{ id: string }>(
  "services.takeWish",
  `select w.id from service_wish w join account a on a.id = w.account_id
   where w.granted_at is null and w.ended_at is null and w.id <> all($1::uuid[])
   order by w.id limit 1 for no key update of a skip locked`,
);
