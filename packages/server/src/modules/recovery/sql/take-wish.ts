import { statement } from "../../../platform/database/statement.ts";

/** What somebody asked for at the sign-in page. */
export interface WishRow {
  id: string;
  purpose: "RESET_PASSWORD" | "VERIFY_EMAIL";
  email: string;
}

/** $1 wishes to leave alone. Takes the oldest one that no other server is at; it comes back if the transaction fails. */
export const takeWishStatement = statement<WishRow>(
  "recovery.takeWish",
  `delete from recovery_wish
   where id = (select id from recovery_wish where id <> all($1::uuid[]) order by id limit 1 for update skip locked)
   returning id, purpose, email`,
);
