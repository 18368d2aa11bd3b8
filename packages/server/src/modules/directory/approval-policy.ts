import { LockMode } from "@mikro-orm/core";
import type { EntityManager } from "../../platform/database/orm.ts";
import { orRefused, refuse, type Refused } from "../../platform/refusal.ts";
import { appendAuditEntry } from "../audit/index.ts";
import type { Actor } from "../sign-in/index.ts";
import { Organization } from "./organization.entity.ts";
import { insistOnOrganizationAdmin } from "./organization.service.ts";

/**
 * Sets whether plans need a second approver; returns the organization's id. For organization admins. A plan that
 * waits for its second approver stays as it is when this is switched off: it still takes somebody to approve it.
 */
export async function setApprovalPolicy(
  em: EntityManager,
  actor: Actor,
  input: { organizationId: string; secondApproverRequired: boolean },
): Promise<string | Refused> {
  return orRefused(() =>
    em.transactional(async (tx) => {
      await insistOnOrganizationAdmin(tx, actor, input.organizationId, "Changing who approves plans");
      const organization = await tx.findOneOrFail(
        Organization,
        { id: input.organizationId },
        { lockMode: LockMode.PESSIMISTIC_WRITE },
      );
      const { secondApproverRequired } = organization;
      if (secondApproverRequired === input.secondApproverRequired) {
        refuse("ALREADY_DONE", "This is the rule already.");
      }
      organization.secondApproverRequired = input.secondApproverRequired;
      await appendAuditEntry(tx, {
        organizationId: organization.id,
        actorAccountId: actor.accountId,
        action: "organization.set_approval_policy",
        subjectType: "organization",
        subjectId: organization.id,
        summary: input.secondApproverRequired
          ? `${actor.name} made plans need a second approver`
          : `${actor.name} let plans be approved by one person`,
        before: { secondApproverRequired },
        after: { secondApproverRequired: input.secondApproverRequired },
      });
      return organization.id;
    }),
  );
}
