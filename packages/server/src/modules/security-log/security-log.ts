import { randomUUID } from "node:crypto";
import type { Outbox } from "../../platform/mail/outbox.ts";
import { appendAuditEntry } from "../audit/index.ts";
import type { RecordSecurityChange, SecurityChange } from "../sign-in/index.ts";
import { writeNotice } from "./notice.ts";
import { loadConcernedStatement } from "./sql/load-concerned.ts";

/** What the audit log keeps of a change. */
interface Told {
  action: string;
  summary: string;
  /** Whether the person did it; a lock is what somebody else may have brought about. */
  byThem: boolean;
  after?: Record<string, unknown>;
}

/**
 * Makes the one place that hears of every change to how somebody signs in, in the transaction that makes it: it goes into
 * the audit log of each organization in which the account has a role, and the person gets a mail, so that they notice
 * what somebody else does in their name.
 */
export function createSecurityLog(outbox: Outbox): RecordSecurityChange {
  return async (tx, accountId, change) => {
    const [account] = await loadConcernedStatement.run(tx, [accountId]);
    if (account === undefined) {
      throw new Error(`No account ${accountId} whose sign-in could change.`);
    }
    await outbox.queue(tx, {
      purpose: `security.${change.what.toLowerCase()}`,
      about: randomUUID(),
      to: account.email,
      organizationId: null,
      accountId,
      letter: writeNotice(change, account),
    });
    const who = account.name === "" ? account.email : account.name;
    const { action, summary, byThem, after } = describe(change, who);
    for (const organizationId of account.organization_ids) {
      await appendAuditEntry(tx, {
        organizationId,
        actorAccountId: byThem ? accountId : null,
        action: `sign_in.${action}`,
        subjectType: "account",
        subjectId: accountId,
        summary,
        after,
      });
    }
  };
}

function describe(change: SecurityChange, who: string): Told {
  switch (change.what) {
    case "PASSWORD_CHANGED":
      return { action: "change_password", summary: `${who} changed their password`, byThem: true };
    case "TWO_STEP_ON":
      return { action: "two_step_on", summary: `${who} turned two-step sign-in on`, byThem: true };
    case "TWO_STEP_OFF":
      return { action: "two_step_off", summary: `${who} turned two-step sign-in off`, byThem: true };
    case "RECOVERY_CODES_RENEWED":
      return { action: "renew_recovery_codes", summary: `${who} made new recovery codes`, byThem: true };
    case "RECOVERY_CODE_USED":
      return {
        action: "use_recovery_code",
        summary: `${who} used a recovery code; ${change.left} are left`,
        byThem: true,
        after: { recoveryCodesLeft: change.left },
      };
    case "TWO_STEP_LOCKED":
      return {
        action: "lock_two_step",
        summary: `Too many wrong codes for ${who}: none is taken for a while`,
        byThem: false,
        after: { lockedUntil: change.until.toISOString() },
      };
    case "PASSKEY_ADDED":
      return { action: "add_passkey", summary: `${who} added the passkey ${change.name}`, byThem: true };
    case "PASSKEY_REMOVED":
      return { action: "remove_passkey", summary: `${who} removed the passkey ${change.name}`, byThem: true };
  }
}
