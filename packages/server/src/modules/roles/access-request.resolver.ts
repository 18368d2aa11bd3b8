import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from "type-graphql";
import type { EntityManager } from "../../platform/database/orm.ts";
import { Access } from "../../platform/graphql/access.ts";
import type { RequestContext } from "../../platform/graphql/context.ts";
import { isRefused, type Refused } from "../../platform/refusal.ts";
import {
  loadPersonRefs,
  loadProducts,
  loadSites,
  PersonRefType,
  ProductType,
  SiteType,
} from "../directory/index.ts";
import type { Actor } from "../sign-in/index.ts";
import type { AccessRequestService } from "./access-request.service.ts";
import {
  AccessRequestResult,
  AccessRequestType,
  ApproveAccessRequestInput,
  ChangedAccessRequestResult,
  DeclineAccessRequestInput,
  RequestAccessInput,
  WithdrawAccessRequestInput,
} from "./access-request.types.ts";
import { mayDecide } from "./role-policy.ts";
import { actorOf, once } from "./roles.context.ts";
import { toAccessRequest } from "./roles.view.ts";
import { findRequestStatement } from "./sql/find-request.ts";

type Context = RequestContext<Actor>;

/** Asking for access, and deciding. */
@Resolver(() => AccessRequestType)
export class AccessRequestResolver {
  readonly #requests: AccessRequestService;

  constructor(requests: AccessRequestService) {
    this.#requests = requests;
  }

  @Access("session")
  @Mutation(() => ChangedAccessRequestResult, {
    description:
      "Asks for a role, or for being on a site, in an organization in which the viewer has a role; whoever can grant it is mailed.",
  })
  async requestAccess(
    @Ctx() context: Context,
    @Arg("input", () => RequestAccessInput, { description: "What and why." }) input: RequestAccessInput,
  ): Promise<AccessRequestResult | Refused> {
    return change(context, "requestAccess", input, (em, actor) => this.#requests.ask(em, actor, input));
  }

  @Access("session")
  @Mutation(() => ChangedAccessRequestResult, { description: "Takes a request of the viewer back." })
  async withdrawAccessRequest(
    @Ctx() context: Context,
    @Arg("input", () => WithdrawAccessRequestInput, { description: "Which." })
    input: WithdrawAccessRequestInput,
  ): Promise<AccessRequestResult | Refused> {
    return change(context, "withdrawAccessRequest", input, (em, actor) =>
      this.#requests.withdraw(em, actor, input.requestId),
    );
  }

  @Access("session")
  @Mutation(() => ChangedAccessRequestResult, {
    description: "Grants what was asked for; for whoever can at that moment. One decision counts.",
  })
  async approveAccessRequest(
    @Ctx() context: Context,
    @Arg("input", () => ApproveAccessRequestInput, { description: "Which." })
    input: ApproveAccessRequestInput,
  ): Promise<AccessRequestResult | Refused> {
    return change(context, "approveAccessRequest", input, (em, actor) =>
      this.#requests.approve(em, actor, input),
    );
  }

  @Access("session")
  @Mutation(() => ChangedAccessRequestResult, {
    description: "Declines a request with a reason; for whoever could grant it.",
  })
  async declineAccessRequest(
    @Ctx() context: Context,
    @Arg("input", () => DeclineAccessRequestInput, { description: "Which and why." })
    input: DeclineAccessRequestInput,
  ): Promise<AccessRequestResult | Refused> {
    return change(context, "declineAccessRequest", input, (em, actor) =>
      this.#requests.decline(em, actor, input),
    );
  }

  @FieldResolver(() => PersonRefType, { description: "Who asks." })
  async account(@Root() root: AccessRequestType, @Ctx() context: Context): Promise<PersonRefType | null> {
    return loadPersonRefs(context).load(root.accountId);
  }

  @FieldResolver(() => PersonRefType, { nullable: true, description: "Who decided." })
  async decidedBy(@Root() root: AccessRequestType, @Ctx() context: Context): Promise<PersonRefType | null> {
    return root.deciderId === null ? null : loadPersonRefs(context).load(root.deciderId);
  }

  @FieldResolver(() => SiteType, { nullable: true, description: "The site, for the wishes about sites." })
  async site(@Root() root: AccessRequestType, @Ctx() context: Context): Promise<SiteType | null> {
    return root.siteId === null ? null : loadSites(context).load(root.siteId);
  }

  @FieldResolver(() => ProductType, { nullable: true, description: "The product, for PRODUCT_ADMIN." })
  async product(@Root() root: AccessRequestType, @Ctx() context: Context): Promise<ProductType | null> {
    return root.productId === null ? null : loadProducts(context).load(root.productId);
  }

  @FieldResolver(() => Boolean, { description: "Whether the viewer may approve and decline it." })
  viewerCanDecide(@Root() root: AccessRequestType, @Ctx() context: Context): boolean {
    return root.state === "PENDING" && mayDecide(actorOf(context), root);
  }
}

async function change(
  context: Context,
  operation: string,
  input: { idempotencyKey?: string | null },
  work: (em: EntityManager, actor: Actor) => Promise<string | Refused>,
): Promise<AccessRequestResult | Refused> {
  const changed = await once<{ id: string }>(context, operation, input, async (em, actor) => {
    const id = await work(em, actor);
    return isRefused(id) ? id : { id };
  });
  if (isRefused(changed)) {
    return changed;
  }
  const [row] = await findRequestStatement.run(context.em, [changed.id]);
  if (row === undefined) {
    throw new Error("What was just changed is gone");
  }
  return { request: toAccessRequest(row) };
}
