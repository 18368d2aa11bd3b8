import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { EntityManager } from "../../platform/database/orm.ts";
import { Access } from "../../platform/graphql/access.ts";
import type { RequestContext } from "../../platform/graphql/context.ts";
import { answerOnce, type AnswerStore } from "../../platform/idempotency/answer-once.ts";
import { isRefused, type Refused } from "../../platform/refusal.ts";
import { actorOf } from "../migration/index.ts";
import type { Actor } from "../sign-in/index.ts";
import { loadImportedGroups } from "./group-review.loaders.ts";
import { approveGroup, declineGroup } from "./group-review.service.ts";
import {
  ApproveGroupInput,
  DeclineGroupInput,
  GroupDecisionResult,
  ImportedGroupResult,
} from "./group-review.types.ts";

type Context = RequestContext<Actor>;

/** The decision about an imported group: each is one transaction of the service. */
@Resolver()
export class GroupMutationResolver {
  @Access("signed-in")
  @Mutation(() => GroupDecisionResult, {
    description:
      "Gives pending members the Customer role, all of them or some; for admins of the group's site.",
  })
  async approveGroup(
    @Ctx() context: Context,
    @Arg("input", () => ApproveGroupInput, { description: "Which group and whom." })
    input: ApproveGroupInput,
  ): Promise<ImportedGroupResult | Refused> {
    return decide(context, "approveGroup", input, (em) => approveGroup(em, actorOf(context), input));
  }

  @Access("signed-in")
  @Mutation(() => GroupDecisionResult, {
    description:
      "Leaves the pending members without the Customer role, with a reason; for admins of the group's site.",
  })
  async declineGroup(
    @Ctx() context: Context,
    @Arg("input", () => DeclineGroupInput, { description: "Which group and why." })
    input: DeclineGroupInput,
  ): Promise<ImportedGroupResult | Refused> {
    return decide(context, "declineGroup", input, (em) => declineGroup(em, actorOf(context), input));
  }
}

/** The answer is kept as the id of the group. */
const keepId: AnswerStore<string> = {
  save: (id) => ({ id }),
  load: async (_em, saved) => String(saved.id),
};

async function decide(
  context: Context,
  operation: string,
  input: { idempotencyKey?: string | null },
  work: (em: EntityManager) => Promise<string | Refused>,
): Promise<ImportedGroupResult | Refused> {
  const id = await answerOnce(context, operation, input, work, keepId);
  // What an earlier mutation of the same request loaded may have changed since.
  context.loaders.clear();
  if (isRefused(id)) {
    return id;
  }
  const [group] = await loadImportedGroups(context, [id]);
  if (group === undefined) {
    throw new Error("The group that was just decided is gone");
  }
  return { group };
}
