import { Arg, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from "type-graphql";
import type { EntityManager } from "../../platform/database/orm.ts";
import { Access } from "../../platform/graphql/access.ts";
import type { RequestContext } from "../../platform/graphql/context.ts";
import { apiError } from "../../platform/graphql/errors.ts";
import { answerOnce } from "../../platform/idempotency/answer-once.ts";
import type { Outbox } from "../../platform/mail/outbox.ts";
import { isRefused, type Refused } from "../../platform/refusal.ts";
import { ViewerType } from "../directory/index.ts";
import type { Actor } from "../sign-in/index.ts";
import { askForConnection, cancelConnection } from "./ask-connection.ts";
import { confirmConnection, showLink } from "./confirm-connection.ts";
import { disconnectLogin } from "./disconnect.ts";
import {
  CancelServiceConnectionInput,
  ConfirmServiceConnectionInput,
  DisconnectServiceInput,
  RequestServiceConnectionInput,
} from "./services.inputs.types.ts";
import {
  ChangedServicesResult,
  RequestServiceConnectionResult,
  ServiceLinkResult,
  ViewerServicesType,
  type PendingConnectionResult,
  type ServiceLinkType,
  type ViewerServicesResult,
} from "./services.types.ts";
import { readServices, toLink, toPending } from "./services.view.ts";
import type { PendingRow } from "./sql/list-pending.ts";

type Context = RequestContext<Actor>;

/** What an account is connected to, and changing it: for its owner in a session. */
@Resolver(() => ViewerType)
export class ServicesResolver {
  readonly #outbox: Outbox;

  constructor(outbox: Outbox) {
    this.#outbox = outbox;
  }

  @FieldResolver(() => ViewerServicesType, {
    description: "The logins of products that their account is connected to, and what it opens.",
  })
  async services(@Root() _root: ViewerType, @Ctx() context: Context): Promise<ViewerServicesType> {
    const { accountId, token } = actorOf(context);
    // Logins under other addresses of the person are nothing that a script asks about.
    return token === undefined
      ? readServices(context.em, accountId)
      : { connected: [], offered: [], pending: [], services: [] };
  }

  @Access("session")
  @Query(() => ServiceLinkResult, {
    description: "What the link in a mail would connect; for the account that asked for it.",
  })
  async serviceLink(
    @Ctx() context: Context,
    @Arg("secret", () => String, { description: "The secret of the link." }) secret: string,
  ): Promise<ServiceLinkType | Refused> {
    const actor = actorOf(context);
    const link = await showLink(context.em, actor, secret);
    return isRefused(link) ? link : toLink(link, actor.email);
  }

  @Access("session")
  @Mutation(() => RequestServiceConnectionResult, {
    description:
      "Asks to connect a login of a product to the viewer's account. The answer is the same whether there is such a login or not: only a mail to its address tells. Ten times in ten minutes.",
  })
  async requestServiceConnection(
    @Ctx() context: Context,
    @Arg("input", () => RequestServiceConnectionInput, { description: "Which login." })
    input: RequestServiceConnectionInput,
  ): Promise<PendingConnectionResult | Refused> {
    const actor = actorOf(context);
    const { email, loginName, productId } = input;
    const pending = await answerOnce<PendingRow>(
      context,
      "requestServiceConnection",
      input,
      (em) => askForConnection(em, actor, { productId, email, loginName: loginName ?? "" }),
      { save: (row) => ({ ...row }), load: async (_em, saved) => saved as unknown as PendingRow },
    );
    return isRefused(pending) ? pending : { pending: toPending(pending) };
  }

  @Access("session")
  @Mutation(() => ChangedServicesResult, {
    description: "Takes back a connection that waits; its link ends.",
  })
  async cancelServiceConnection(
    @Ctx() context: Context,
    @Arg("input", () => CancelServiceConnectionInput, { description: "Which." })
    input: CancelServiceConnectionInput,
  ): Promise<ViewerServicesResult | Refused> {
    return change(context, "cancelServiceConnection", input, (em, actor) =>
      cancelConnection(em, actor, input.pendingId),
    );
  }

  @Access("session")
  @Mutation(() => ChangedServicesResult, {
    description:
      "Links the login to the viewer's account with the secret of the link mailed to it. The account's former login of the product is on no account from then on.",
  })
  async confirmServiceConnection(
    @Ctx() context: Context,
    @Arg("input", () => ConfirmServiceConnectionInput, { description: "The link." })
    input: ConfirmServiceConnectionInput,
  ): Promise<ViewerServicesResult | Refused> {
    return change(context, "confirmServiceConnection", input, (em, actor) =>
      confirmConnection(em, this.#outbox, actor, input.secret),
    );
  }

  @Access("session")
  @Mutation(() => ChangedServicesResult, {
    description: "Takes a login off the viewer's account; in the product nothing changes.",
  })
  async disconnectService(
    @Ctx() context: Context,
    @Arg("input", () => DisconnectServiceInput, { description: "Which." }) input: DisconnectServiceInput,
  ): Promise<ViewerServicesResult | Refused> {
    return change(context, "disconnectService", input, (em, actor) =>
      disconnectLogin(em, this.#outbox, actor, input.loginId),
    );
  }
}

async function change(
  context: Context,
  operation: string,
  input: { idempotencyKey?: string | null },
  work: (em: EntityManager, actor: Actor) => Promise<string | Refused>,
): Promise<ViewerServicesResult | Refused> {
  const actor = actorOf(context);
  const changed = await answerOnce<{ id: string }>(
    context,
    operation,
    input,
    async (em) => {
      const id = await work(em, actor);
      return isRefused(id) ? id : { id };
    },
    { save: ({ id }) => ({ id }), load: async (_em, saved) => ({ id: String(saved.id) }) },
  );
  return isRefused(changed)
    ? changed
    : { changedId: changed.id, services: await readServices(context.em, actor.accountId) };
}

/** Who asks; nobody gets this far without signing in. */
function actorOf(context: Context): Actor {
  if (context.actor === null) {
    throw apiError("UNAUTHENTICATED", "Sign in first.");
  }
  return context.actor;
}
