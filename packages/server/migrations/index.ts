import { Migration0001Foundation } from "./0001-foundation.ts";
import { Migration0002Leases } from "./0002-leases.ts";
import { Migration0003AccessProof } from "./0003-access-proof.ts";
import { Migration0004Undo } from "./0004-undo.ts";
import { Migration0005ApiTokens } from "./0005-api-tokens.ts";
import { Migration0006Live } from "./0006-live.ts";
import { Migration0007Operations } from "./0007-operations.ts";
import { Migration0008Approvals } from "./0008-approvals.ts";
import { Migration0009BulkWriting } from "./0009-bulk-writing.ts";
import { Migration0010BrakesAndEstimates } from "./0010-brakes-and-estimates.ts";
import { Migration0011OwnChanges } from "./0011-own-changes.ts";
import { Migration0012JournaledRuns } from "./0012-journaled-runs.ts";
import { Migration0013KeptCounts } from "./0013-kept-counts.ts";
import { Migration0014BulkReferences } from "./0014-bulk-references.ts";
import { Migration0015Mail } from "./0015-mail.ts";
import { Migration0016Proof } from "./0016-proof.ts";
import { Migration0017TwoStep } from "./0017-two-step.ts";
import { Migration0018Roles } from "./0018-roles.ts";
import { Migration0019ServiceAccounts } from "./0019-service-accounts.ts";
import { Migration0023MailDelivery } from "./0023-mail-delivery.ts";
import { Migration0024Recovery } from "./0024-recovery.ts";
import { Migration0025EndOfSessions } from "./0025-end-of-sessions.ts";

/** Every schema migration in order. Named, so that renaming a class never runs one twice. */
export const migrations = [
  { name: "0001-foundation", class: Migration0001Foundation },
  { name: "0002-leases", class: Migration0002Leases },
  { name: "0003-access-proof", class: Migration0003AccessProof },
  { name: "0004-undo", class: Migration0004Undo },
  { name: "0005-api-tokens", class: Migration0005ApiTokens },
  { name: "0006-live", class: Migration0006Live },
  { name: "0007-operations", class: Migration0007Operations },
  { name: "0008-approvals", class: Migration0008Approvals },
  { name: "0009-bulk-writing", class: Migration0009BulkWriting },
  { name: "0010-brakes-and-estimates", class: Migration0010BrakesAndEstimates },
  { name: "0011-own-changes", class: Migration0011OwnChanges },
  { name: "0012-journaled-runs", class: Migration0012JournaledRuns },
  { name: "0013-kept-counts", class: Migration0013KeptCounts },
  { name: "0014-bulk-references", class: Migration0014BulkReferences },
  { name: "0015-mail", class: Migration0015Mail },
  { name: "0016-proof", class: Migration0016Proof },
  { name: "0017-two-step", class: Migration0017TwoStep },
  { name: "0018-roles", class: Migration0018Roles },
  { name: "0019-service-accounts", class: Migration0019ServiceAccounts },
  { name: "0023-mail-delivery", class: Migration0023MailDelivery },
  { name: "0024-recovery", class: Migration0024Recovery },
  { name: "0025-end-of-sessions", class: Migration0025EndOfSessions },
];
