import { statement } from "../../../platform/database/statement.ts";

/** An account that somebody wants closed. */
export interface ClosingAccountRow {
  id: string;
  name: string;
  email: string;
  /** Which organization's, when programs ask in its name and nobody signs in to it. */
  isService: boolean;
  /** Sites on which it is marked as a bot. */
  botOn: string[];
  closed: boolean;
}

/**
 * $1 account. Whoever writes anything that refers to the account waits here: a role, a place on a site, a link. What
 * they write is either seen afterwards or refused.
 */
export const lockAccountStatement = statement<ClosingAccountRow>(
  "closing.lockAccount",
  `select a.id, a.name, a.email, exists (select from service_account s where s.account_id = a.id) as "isService",
     array(select s.name from site_account sa join site s on s.id = sa.site_id
       where sa.account_id = a.id and sa.kind = 'BOT' order by s.name) as "botOn",
     exists (select from closed_account c where c.account_id = a.id) as closed
   from account a where a.id = $1 for update of a`,
);
