import { Ctx, FieldResolver, Int, Resolver, Root } from "type-graphql";
import type { RequestContext } from "../../platform/graphql/context.ts";
import { loader } from "../../platform/graphql/loader.ts";
import { loadPersonRefs, PersonRefType } from "../directory/index.ts";
import type { Actor } from "../sign-in/index.ts";
import { MigrationApprovalType } from "./approval.types.ts";
import { listApprovers } from "./give-approval.ts";
import { MigrationType } from "./migration.types.ts";
import { actorOf } from "./migration.context.ts";
import { mayMigrate } from "./migration.visibility.ts";
import { listApprovalsStatement, type ApprovalRow } from "./sql/list-approvals.ts";
import { loadApprovalRulesStatement } from "./sql/load-approval-rules.ts";

type Context = RequestContext<Actor>;

/** Who approved the plan, what they saw, and whose approval is still awaited. */
@Resolver(() => MigrationType)
export class MigrationApprovalsResolver {
  @FieldResolver(() => [MigrationApprovalType], {
    description: "Approvals of the plan there is now, in order; planning again drops them.",
  })
  async approvals(@Root() root: MigrationType, @Ctx() context: Context): Promise<MigrationApprovalType[]> {
    return (await loadApprovals(context, root.id)).map((row) => ({ ...row, at: new Date(row.approvedAt) }));
  }

  @FieldResolver(() => Int, {
    description: "Approvers the plan needs: as the organization asks now, or asked when it was sealed.",
  })
  async approvalsRequired(@Root() root: MigrationType, @Ctx() context: Context): Promise<number> {
    const { approvedAt, organizationId } = root.record;
    if (approvedAt !== null) {
      return (await loadApprovals(context, root.id)).at(-1)?.required ?? 1;
    }
    const rule = await loader(context, "migration.approvalRule", async (ids) => {
      const rows = await loadApprovalRulesStatement.run(context.em, [ids]);
      return new Map(rows.map((row) => [row.organizationId, row.required]));
    }).load(organizationId);
    return rule ?? 1;
  }

  @FieldResolver(() => Boolean, { description: "Whether the viewer may approve the plan now." })
  async viewerCanApprove(@Root() root: MigrationType, @Ctx() context: Context): Promise<boolean> {
    const actor = actorOf(context);
    if (root.state !== "PLANNED" || (await mayMigrate(context.em, actor, root.record)) !== true) {
      return false;
    }
    const given = await loadApprovals(context, root.id);
    const mine = given.some((approval) => approval.approvedBy === actor.accountId);
    return !mine || (await this.approvalsRequired(root, context)) === 1;
  }

  @FieldResolver(() => [String], {
    description: "Who may give the approval that is still awaited; empty when none is or nobody else may.",
  })
  async awaitedApprovers(@Root() root: MigrationType, @Ctx() context: Context): Promise<string[]> {
    const given = await loadApprovals(context, root.id);
    const waits = given.length > 0 && root.record.approvedAt === null && root.state === "PLANNED";
    if (!waits) {
      return [];
    }
    const people = await Promise.all(given.map((row) => loadPersonRefs(context).load(row.approvedBy)));
    const emails = people.flatMap((person) => (person === null ? [] : [person.email]));
    const required = await this.approvalsRequired(root, context);
    return listApprovers(context.em, root.record, required > 1 ? emails : []);
  }
}

/** Whose approval it is. */
@Resolver(() => MigrationApprovalType)
export class MigrationApprovalResolver {
  @FieldResolver(() => PersonRefType, { description: "Who gave it." })
  async by(@Root() root: MigrationApprovalType, @Ctx() context: Context): Promise<PersonRefType> {
    const person = await loadPersonRefs(context).load(root.approvedBy);
    if (person === null) {
      throw new Error("An approver's account is gone");
    }
    return person;
  }
}

async function loadApprovals(context: Context, migrationId: string): Promise<ApprovalRow[]> {
  const rows = await loader(context, "migration.approvals", async (ids) => {
    const found = await listApprovalsStatement.run(context.em, [ids]);
    return new Map(ids.map((id) => [id, found.filter((row) => row.migrationId === id)]));
  }).load(migrationId);
  return rows ?? [];
}
