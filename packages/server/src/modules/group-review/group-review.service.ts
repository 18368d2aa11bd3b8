import type { EntityManager } from "../../platform/database/orm.ts";
import { notFound } from "../../platform/graphql/errors.ts";
import { orRefused, refuse, type Refused } from "../../platform/refusal.ts";
import { appendAuditEntry } from "../audit/index.ts";
import { listAdministrators } from "../directory/index.ts";
import { settleAttention } from "../migration/index.ts";
import { canReviewGroup, type Actor } from "../sign-in/index.ts";
import { canReadGroup } from "./group-review.visibility.ts";
import { approveMembersStatement } from "./sql/approve-members.ts";
import { checkMembersStatement } from "./sql/check-members.ts";
import { countMembersStatement } from "./sql/count-members.ts";
import { declineMembersStatement } from "./sql/decline-members.ts";
import { loadGroupsStatement } from "./sql/load-groups.ts";
import { lockGroupStatement, type LockedGroup } from "./sql/lock-group.ts";
import { lockReviewerStatement } from "./sql/lock-reviewer.ts";
import { recordDecisionStatement } from "./sql/record-decision.ts";

const mostMembers = 1_000;
const longestReason = 500;
/** States of a migration in which its run may still add members to the group. */
const growing = new Set(["RUNNING", "PAUSED", "FAILED"]);

/**
 * Gives the Customer role to all pending members, or to the given ones, and settles their items: one transaction,
 * after which their access is back. Returns the group's id.
 */
export async function approveGroup(
  em: EntityManager,
  actor: Actor,
  input: { groupId: string; memberIds?: string[] | null; expectedPending: number },
): Promise<string | Refused> {
  return orRefused(() =>
    em.transactional(async (tx) => {
      const memberIds = input.memberIds ?? null;
      if (memberIds !== null && (memberIds.length === 0 || memberIds.length > mostMembers)) {
        refuse(memberIds.length === 0 ? "INVALID_INPUT" : "TOO_MANY", `Name 1 to ${mostMembers} members.`, {
          field: "memberIds",
        });
      }
      const group = await lockForDecision(tx, actor, input.groupId);
      await insistOnSelection(tx, group, memberIds);
      const pending = await insistOnPending(tx, group, input.expectedPending);
      const [done] = await approveMembersStatement.run(tx, [
        group.id,
        group.migrationId,
        memberIds,
        input.expectedPending,
        actor.accountId,
      ]);
      if (done === undefined || done.approved === 0) {
        throw new Error(`Approval of group ${group.id} changed nobody although ${pending} were waiting`);
      }
      const left = pending - done.approved;
      const state = left === 0 ? "APPROVED" : "PARTLY_APPROVED";
      await recordDecisionStatement.run(tx, [group.id, state, actor.accountId, null]);
      const summary = `${actor.name} approved ${done.approved} of ${pending} waiting members of ${group.name}`;
      await audit(tx, actor, group, "group.approve", summary, {
        before: { reviewState: group.reviewState, pending },
        after: { reviewState: state, pending: left, approved: done.approved, memberIds: memberIds ?? "all" },
      });
      await settleAttention(tx, group.migrationId, done, {
        type: "GROUP_APPROVED",
        summary,
        payload: { groupId: group.id, approved: done.approved, pending: left },
      });
      return group.id;
    }),
  );
}

/**
 * Leaves the pending members without the Customer role, with a reason. Their items keep requiring attention and
 * say whom to ask. Members approved before keep the role. Returns the group's id.
 */
export async function declineGroup(
  em: EntityManager,
  actor: Actor,
  input: { groupId: string; reason: string; expectedPending: number },
): Promise<string | Refused> {
  return orRefused(() =>
    em.transactional(async (tx) => {
      const reason = input.reason.trim();
      if (reason === "" || reason.length > longestReason) {
        const message = `Say why, in at most ${longestReason} characters.`;
        refuse("INVALID_INPUT", message, { field: "reason" });
      }
      const group = await lockForDecision(tx, actor, input.groupId);
      const pending = await insistOnPending(tx, group, input.expectedPending);
      if (growing.has(group.migrationState)) {
        refuse(
          "INVALID_STATE",
          "The run may still add people to this group. Decline it when the run has ended, so that the answer is for all of them.",
        );
      }
      const [done] = await declineMembersStatement.run(tx, [group.id, group.migrationId, actor.accountId]);
      await recordDecisionStatement.run(tx, [group.id, "DECLINED", actor.accountId, reason]);
      const summary = `${actor.name} declined ${pending} waiting members of ${group.name}: ${reason}`;
      await audit(tx, actor, group, "group.decline", summary, {
        before: { reviewState: group.reviewState, pending },
        after: { reviewState: "DECLINED", pending, reason },
      });
      await settleAttention(
        tx,
        group.migrationId,
        { resolved: done?.resolved ?? 0, nowSuccessful: 0 },
        { type: "GROUP_DECLINED", summary, payload: { groupId: group.id, declined: pending } },
      );
      return group.id;
    }),
  );
}

/** NOT_FOUND unless the actor may read the group; a refusal unless they administer its site at this moment. */
async function lockForDecision(tx: EntityManager, actor: Actor, groupId: string): Promise<LockedGroup> {
  const [row] = await loadGroupsStatement.run(tx, [[groupId]]);
  if (row === undefined || !canReadGroup(actor, row)) {
    throw notFound();
  }
  const { siteId, organizationId } = row;
  const allowed = canReviewGroup(actor, { id: siteId, organizationId });
  const [reviewer] = await lockReviewerStatement.run(tx, [actor.accountId, siteId, organizationId]);
  if (allowed !== true || reviewer === undefined) {
    const [whoCanGrant = []] = await listAdministrators(tx, [{ organizationId, siteId }]);
    const message = "Reviewing this group needs a site admin of its site. Ask one of them.";
    refuse("NOT_PERMITTED", message, { whoCanGrant });
  }
  const [group] = await lockGroupStatement.run(tx, [groupId]);
  if (group === undefined) {
    throw notFound();
  }
  if (group.migrationState === "UNDOING") {
    refuse("INVALID_STATE", "The run that made this group is being undone. Wait until that ends.");
  }
  if (group.reviewState === "DECLINED") {
    refuse("ALREADY_DONE", `${group.name} was declined before. Nothing was changed.`);
  }
  return group;
}

/** A second click on the same people is already done; somebody who is no member is a wrong input. */
async function insistOnSelection(
  tx: EntityManager,
  group: LockedGroup,
  memberIds: string[] | null,
): Promise<void> {
  if (memberIds === null) {
    return;
  }
  const [found] = await checkMembersStatement.run(tx, [group.id, memberIds]);
  if (found === undefined || found.members < found.asked) {
    refuse("INVALID_INPUT", "Some of these people are not members of the group.", { field: "memberIds" });
  }
  if (found.pending === 0) {
    refuse("ALREADY_DONE", `These members of ${group.name} were approved before. Nothing was changed.`);
  }
}

async function insistOnPending(tx: EntityManager, group: LockedGroup, expected: number): Promise<number> {
  const [counts] = await countMembersStatement.run(tx, [[group.id]]);
  const pending = counts?.pending ?? 0;
  if (pending === 0) {
    refuse("ALREADY_DONE", `Nobody in ${group.name} is waiting any more. Nothing was changed.`);
  }
  if (pending !== expected) {
    const message = `${pending} members are waiting now, not ${expected}. Look again and repeat.`;
    refuse("STALE_PLAN", message, { field: "expectedPending" });
  }
  return pending;
}

async function audit(
  tx: EntityManager,
  actor: Actor,
  group: LockedGroup,
  action: string,
  summary: string,
  change: { before: object; after: object },
): Promise<void> {
  await appendAuditEntry(tx, {
    organizationId: group.organizationId,
    actorAccountId: actor.accountId,
    action,
    subjectType: "group",
    subjectId: group.id,
    summary: `${summary} (${group.siteName})`,
    ...change,
  });
}
