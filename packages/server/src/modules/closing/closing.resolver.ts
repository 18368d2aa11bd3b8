import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from "type-graphql";
import type { EntityManager } from "../../platform/database/orm.ts";
import { Access } from "../../platform/graphql/access.ts";
import type { RequestContext } from "../../platform/graphql/context.ts";
import { apiError, notFound } from "../../platform/graphql/errors.ts";
import type { Outbox } from "../../platform/mail/outbox.ts";
import { isRefused, Refused } from "../../platform/refusal.ts";
import {
  listAdministrators,
  loadOrganizations,
  loadPersonRefs,
  OrganizationType,
  PersonRefType,
} from "../directory/index.ts";
import { actorOf, once } from "../roles/index.ts";
import { belongsToOrganization, isOrganizationAdmin, type Actor } from "../sign-in/index.ts";
import {
  AccountClosingResult,
  ApproveAccountClosingInput,
  ClosingRequestResult,
  ClosingRequestType,
  DecidedClosingResult,
  DeclineAccountClosingInput,
  ReopenAccountInput,
  ReopenedAccount,
  ReopenedAccountResult,
  WithdrawAccountClosingInput,
  WithdrawnClosingResult,
} from "./closing.types.ts";
import { toAccountClosing, toClosingRequest } from "./closing.view.ts";
import { decideClosing } from "./decide-closing.ts";
import { reopenAccount } from "./reopen-account.ts";
import { findClosingOfStatement } from "./sql/find-closing-of.ts";
import { findPartStatement } from "./sql/find-part.ts";
import { listWaitingPartsStatement } from "./sql/list-waiting-parts.ts";
import { withdrawClosing } from "./withdraw-closing.ts";

type Context = RequestContext<Actor>;

const mostListed = 50;

/** Requests to close accounts: deciding about them, taking one's own back, opening a closed account again. */
@Resolver(() => ClosingRequestType)
export class ClosingResolver {
  readonly #outbox: Outbox;

  constructor(outbox: Outbox) {
    this.#outbox = outbox;
  }

  @Access("signed-in")
  @Query(() => [ClosingRequestType], {
    description:
      "People of the organization who wait for their account to be closed, the oldest first, at most 50; for its organization admins.",
  })
  async closingRequests(
    @Ctx() context: Context,
    @Arg("organizationId", () => ID, { description: "The organization." }) organizationId: string,
  ): Promise<ClosingRequestType[]> {
    const actor = actorOf(context);
    if (!belongsToOrganization(actor, organizationId)) {
      throw notFound();
    }
    if (!isOrganizationAdmin(actor, organizationId)) {
      const [admins = []] = await listAdministrators(context.em, [{ organizationId, siteId: null }]);
      throw apiError(
        "FORBIDDEN",
        `Deciding about accounts needs an organization admin: ${admins.join(", ")}.`,
      );
    }
    const rows = await listWaitingPartsStatement.run(context.em, [[organizationId], mostListed]);
    return rows.map(toClosingRequest);
  }

  @Access("session")
  @Mutation(() => WithdrawnClosingResult, {
    description: "Takes the viewer's request to close their account back.",
  })
  async withdrawAccountClosing(
    @Ctx() context: Context,
    @Arg("input", () => WithdrawAccountClosingInput, { description: "Which." })
    input: WithdrawAccountClosingInput,
  ): Promise<AccountClosingResult | Refused> {
    const withdrawn = await once<{ id: string }>(
      context,
      "withdrawAccountClosing",
      input,
      async (em, actor) => {
        const id = await withdrawClosing(em, actor, input.closingId);
        return isRefused(id) ? id : { id };
      },
    );
    if (isRefused(withdrawn)) {
      return withdrawn;
    }
    const [closing] = await findClosingOfStatement.run(context.em, [actorOf(context).accountId]);
    if (closing === undefined) {
      throw new Error("The request that was just withdrawn is gone");
    }
    return { closing: await toAccountClosing(context.em, closing) };
  }

  @Access("session")
  @Mutation(() => DecidedClosingResult, {
    description:
      "Agrees to the closing of an account for one organization, which it leaves at once. It closes when the last organization has agreed, or the one that manages its address. For organization admins, but for one's own.",
  })
  async approveAccountClosing(
    @Ctx() context: Context,
    @Arg("input", () => ApproveAccountClosingInput, { description: "Which." })
    input: ApproveAccountClosingInput,
  ): Promise<ClosingRequestResult | Refused> {
    return decided(context, "approveAccountClosing", input, (em, actor) =>
      this.#decide(em, actor, input.requestId, input.reason?.trim() ? input.reason : null, true),
    );
  }

  @Access("session")
  @Mutation(() => DecidedClosingResult, {
    description: "Declines the closing of an account with a reason: it stays. For organization admins.",
  })
  async declineAccountClosing(
    @Ctx() context: Context,
    @Arg("input", () => DeclineAccountClosingInput, { description: "Which and why." })
    input: DeclineAccountClosingInput,
  ): Promise<ClosingRequestResult | Refused> {
    return decided(context, "declineAccountClosing", input, (em, actor) =>
      this.#decide(em, actor, input.requestId, input.reason, false),
    );
  }

  @Access("session")
  @Mutation(() => ReopenedAccountResult, {
    description:
      "Opens a closed account again, without roles and sites; a link to its address lets its owner in. For organization admins of an organization that agreed to the closing, or of the one that manages the address.",
  })
  async reopenAccount(
    @Ctx() context: Context,
    @Arg("input", () => ReopenAccountInput, { description: "Which." }) input: ReopenAccountInput,
  ): Promise<ReopenedAccount | Refused> {
    return once<{ accountId: string }>(context, "reopenAccount", input, async (em, actor) => {
      const accountId = await reopenAccount(em, this.#outbox, actor, input);
      return isRefused(accountId) ? accountId : { accountId };
    });
  }

  @FieldResolver(() => PersonRefType, { description: "Who asks." })
  async account(@Root() root: ClosingRequestType, @Ctx() context: Context): Promise<PersonRefType | null> {
    return loadPersonRefs(context).load(root.accountId);
  }

  @FieldResolver(() => PersonRefType, { nullable: true, description: "Who decided." })
  async decidedBy(@Root() root: ClosingRequestType, @Ctx() context: Context): Promise<PersonRefType | null> {
    return root.deciderId === null ? null : loadPersonRefs(context).load(root.deciderId);
  }

  @FieldResolver(() => OrganizationType, { description: "The organization that is asked." })
  async organization(
    @Root() root: ClosingRequestType,
    @Ctx() context: Context,
  ): Promise<OrganizationType | null> {
    return loadOrganizations(context).load(root.organizationId);
  }

  @FieldResolver(() => Boolean, { description: "Whether the viewer may agree and decline." })
  viewerCanDecide(@Root() root: ClosingRequestType, @Ctx() context: Context): boolean {
    const actor = actorOf(context);
    return (
      root.state === "PENDING" &&
      root.accountId !== actor.accountId &&
      isOrganizationAdmin(actor, root.organizationId)
    );
  }

  async #decide(
    em: EntityManager,
    actor: Actor,
    requestId: string,
    raw: string | null,
    approved: boolean,
  ): Promise<string | Refused> {
    const words = raw?.trim() ?? null;
    if (words !== null && (words.length < 1 || words.length > 500)) {
      const ask = approved ? "Give the words" : "Say why you decline";
      return new Refused("INVALID_INPUT", `${ask}, in 1 to 500 characters.`, { field: "reason" });
    }
    return decideClosing(em, this.#outbox, actor, { requestId, words, approved });
  }
}

async function decided(
  context: Context,
  operation: string,
  input: { idempotencyKey?: string | null },
  work: (em: EntityManager, actor: Actor) => Promise<string | Refused>,
): Promise<ClosingRequestResult | Refused> {
  const changed = await once<{ id: string }>(context, operation, input, async (em, actor) => {
    const id = await work(em, actor);
    return isRefused(id) ? id : { id };
  });
  if (isRefused(changed)) {
    return changed;
  }
  const [part] = await findPartStatement.run(context.em, [changed.id]);
  if (part === undefined) {
    throw new Error("What was just decided is gone");
  }
  return { request: toClosingRequest(part) };
}

/** Requests that wait for the actor's decision, the oldest first, at most 50. */
export async function listClosingsToDecide(context: Context): Promise<ClosingRequestType[]> {
  const actor = actorOf(context);
  const organizations = actor.grants.flatMap((grant) =>
    grant.role === "ORGANIZATION_ADMIN" ? [grant.organizationId] : [],
  );
  const rows = await listWaitingPartsStatement.run(context.em, [organizations, mostListed]);
  return rows.filter(({ accountId }) => accountId !== actor.accountId).map(toClosingRequest);
}
