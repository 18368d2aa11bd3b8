import { statement } from "../../../platform/database/statement.ts";

/** An account of the demo that can sign in. */
export interface DemoAccountRow {
  id: string;
  email: string;
}

/** $1 emails, $2 names, side by side. An account that exists keeps its name. */
export const insertAccountsStatement = statement<DemoAccountRow>(
  "demo.insertAccounts",
  `insert into account (email, name)
   select email, name from unnest($1::text[], $2::text[]) as wanted (email, name)
   on conflict (email) do update set name = account.name
   returning id, email`,
);
