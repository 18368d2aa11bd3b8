import { statement } from "../../../platform/database/statement.ts";

/** An account whose connections change. */
export interface AccountRow {
  id: string;
  email: string;
  name: string;
}

/** $1 account. Whoever connects, ends its sessions, changes its address or grants its wishes meanwhile waits. */
export const lockAccountStatement = statement<AccountRow>(
  "services.lockAccount",
  `select id, email, name from account where id = $1 for no key update`,
);
