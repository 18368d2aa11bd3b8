import { statement } from "../../../platform/database/statement.ts";

/** A passkey as its owner sees it. */
export interface ListedPasskeyRow {
  id: string;
  name: string;
  backedUp: boolean;
  createdAt: Date;
  lastUsedAt: Date | null;
}

/** $1 auth_user.id. */
export const listPasskeysStatement = statement<ListedPasskeyRow>(
  "signIn.listPasskeys",
  `select id, name, backed_up as "backedUp", created_at as "createdAt", last_used_at as "lastUsedAt"
   from auth_passkey where user_id = $1 order by created_at, id`,
);
