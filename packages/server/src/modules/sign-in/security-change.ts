import type { StatementRunner } from "../../platform/database/statement.ts";

/** What changed about how somebody signs in. */
export type SecurityChange =
  | { what: "PASSWORD_CHANGED" }
  | { what: "TWO_STEP_ON" | "TWO_STEP_OFF" }
  | { what: "RECOVERY_CODES_RENEWED" }
  | { what: "RECOVERY_CODE_USED"; left: number }
  | { what: "TWO_STEP_LOCKED"; until: Date }
  | { what: "PASSKEY_ADDED" | "PASSKEY_REMOVED"; name: string };

/** Tells whoever must know of the change, in the transaction that makes it. */
export type RecordSecurityChange = (
  tx: StatementRunner,
  accountId: string,
  change: SecurityChange,
) => Promise<void>;
