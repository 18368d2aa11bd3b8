import { digestJson } from "../../platform/canonical-json.ts";
import type { EntityManager } from "../../platform/database/orm.ts";
import { refuse } from "../../platform/refusal.ts";
import { listAdministrators } from "../directory/index.ts";
import type { Actor } from "../sign-in/index.ts";
import { sayNumber } from "./engine/say-number.ts";
import type { MigrationKind } from "./kind.ts";
import { migrationName, type MigrationRecord } from "./migration-record.ts";
import { requireSitePair } from "./migration.visibility.ts";
import { insistOnChecks, insistOnFreshPlan, refuseState, sameName } from "./plan-guards.ts";
import { recordDecision } from "./record-decision.ts";
import { readShownPlan } from "./shown-plan.ts";
import { insertApprovalStatement } from "./sql/insert-approval.ts";
import { listApprovalsStatement } from "./sql/list-approvals.ts";
import { readApprovalRuleStatement } from "./sql/read-approval-rule.ts";
import { sealPlanStatement } from "./sql/seal-plan.ts";

/** What an approver sends back of what was on the screen. */
export interface GivenApproval {
  fingerprint: string;
  confirmSiteName: string;
  /** Digest of everything shown; null when the caller shows nothing, such as a script that checked the plan itself. */
  shownDigest?: string | null;
}

/**
 * Writes one approval with everything that was shown, and seals the plan when no further approver is required.
 * The caller holds the migration's row, so of two approvers at once the second sees the first's approval.
 */
export async function giveApproval(
  tx: EntityManager,
  kind: MigrationKind<unknown>,
  actor: Actor,
  migration: MigrationRecord,
  given: GivenApproval,
): Promise<void> {
  if (migration.state !== "PLANNED") {
    refuseState(migration, "approved", "PLANNED");
  }
  const { id, sourceSiteId, destinationSiteId } = migration;
  const [, destination] = await requireSitePair(tx, actor, sourceSiteId, destinationSiteId);
  if (!sameName(given.confirmSiteName, destination.name)) {
    refuse("CONFIRMATION_MISMATCH", `Type the destination site's name, ${destination.name}, to approve.`, {
      field: "confirmSiteName",
    });
  }
  const [rule] = await readApprovalRuleStatement.run(tx, [migration.organizationId]);
  const required = rule?.required ?? 1;
  const earlier = await listApprovalsStatement.run(tx, [[id]]);
  if (required > 1 && earlier.some((approval) => approval.approvedBy === actor.accountId)) {
    await refuseSamePerson(tx, actor, migration);
  }
  await insistOnFreshPlan(tx, kind, migration, given.fingerprint);
  await insistOnChecks(tx, migration);
  const shown = await readShownPlan(tx, kind, migration);
  const digest = digestJson(shown);
  if (given.shownDigest != null && given.shownDigest !== digest) {
    refuse("STALE_PLAN", "What was shown is not what this plan shows now. Read it again, then approve.", {
      field: "shownDigest",
    });
  }
  const shownText = JSON.stringify(shown);
  await insertApprovalStatement.run(tx, [
    id,
    given.fingerprint,
    shownText,
    digest,
    required,
    actor.accountId,
  ]);
  const approvers = new Set([...earlier.map((approval) => approval.approvedBy), actor.accountId]);
  await concludeApproval(tx, actor, migration, given.fingerprint, approvers.size >= required);
}

async function concludeApproval(
  tx: EntityManager,
  actor: Actor,
  migration: MigrationRecord,
  fingerprint: string,
  sealed: boolean,
): Promise<void> {
  const { id, organizationId } = migration;
  const said = `${sayNumber(migration.totalItems)} rows, fingerprint ${fingerprint.slice(0, 12)}`;
  if (!sealed) {
    const summary = `Plan approved by ${actor.name}: ${said}; waiting for a second approver`;
    await recordDecision(tx, actor, id, organizationId, "APPROVAL_GIVEN", "approve_first", summary);
    return;
  }
  await sealPlanStatement.run(tx, [id, actor.accountId, fingerprint]);
  const summary = `Plan approved by ${actor.name}: ${said}`;
  await recordDecision(tx, actor, id, organizationId, "APPROVED", "approve", summary);
}

/** Who may give the second approval: people who administer both sites, without those in `except` (account emails). */
export async function listApprovers(
  em: EntityManager,
  migration: MigrationRecord,
  except: readonly string[],
): Promise<string[]> {
  const { organizationId, sourceSiteId, destinationSiteId } = migration;
  const [source = [], destination = []] = await listAdministrators(em, [
    { organizationId, siteId: sourceSiteId },
    { organizationId, siteId: destinationSiteId },
  ]);
  return source.filter(
    (person) =>
      destination.includes(person) &&
      !except.some((email) => person === email || person.endsWith(` (${email})`)),
  );
}

async function refuseSamePerson(tx: EntityManager, actor: Actor, migration: MigrationRecord): Promise<never> {
  const whoCanGrant = await listApprovers(tx, migration, [actor.email]);
  const who =
    whoCanGrant.length === 0
      ? "Nobody else administers both sites: an organization admin can add somebody who does, or switch the second approver off."
      : `It can be approved by: ${whoCanGrant.join(", ")}.`;
  refuse(
    "NOT_PERMITTED",
    `You approved this plan of ${migrationName(migration.number)} already; a second person has to. ${who}`,
    { whoCanGrant },
  );
}
