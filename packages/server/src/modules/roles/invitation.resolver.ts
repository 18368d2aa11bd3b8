import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from "type-graphql";
import { Access } from "../../platform/graphql/access.ts";
import { decodeCursor, pageSize, toPage } from "../../platform/graphql/connection.ts";
import type { RequestContext } from "../../platform/graphql/context.ts";
import type { EntityManager } from "../../platform/database/orm.ts";
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
import type { AcceptanceService } from "./accept-invitation.ts";
import type { InvitationService } from "./invitation.service.ts";
import {
  AcceptInvitationInput,
  AnsweredInvitation,
  AnswerInvitationResult,
  ChangedInvitationResult,
  InvitationConnection,
  InvitationInput,
  InvitationResult,
  InvitationType,
  InviteToRoleInput,
  OfferOwnershipInput,
} from "./invitation.types.ts";
import { mayGrant } from "./role-policy.ts";
import { actorOf, insistOnPeopleReader, once } from "./roles.context.ts";
import { toInvitation } from "./roles.view.ts";
import { findInvitationStatement } from "./sql/find-invitation.ts";
import { listInvitationsStatement } from "./sql/list-invitations.ts";

type Context = RequestContext<Actor>;

/** Invitations to roles: sending, sending again, taking back, answering. */
@Resolver(() => InvitationType)
export class InvitationResolver {
  readonly #invitations: InvitationService;
  readonly #acceptance: AcceptanceService;

  constructor(invitations: InvitationService, acceptance: AcceptanceService) {
    this.#invitations = invitations;
    this.#acceptance = acceptance;
  }

  @Access("signed-in")
  @Query(() => InvitationConnection, {
    description:
      "Invitations of the organization that wait, expired ones too, the newest first; for those who see its people with roles.",
  })
  async invitations(
    @Ctx() context: Context,
    @Arg("organizationId", () => ID, { description: "The organization." }) organizationId: string,
    @Arg("siteId", () => ID, { nullable: true, description: "To roles on this site alone." })
    siteId: string | null,
    @Arg("productId", () => ID, { nullable: true, description: "To roles on this product alone." })
    productId: string | null,
    @Arg("first", () => Int, { nullable: true, defaultValue: 50, description: "Page size, 1–100." })
    first: number | null,
    @Arg("after", () => String, { nullable: true, description: "Cursor to go on from." })
    after: string | null,
  ): Promise<InvitationConnection> {
    insistOnPeopleReader(context, organizationId, productId ?? null);
    const size = pageSize(first);
    const [id = null] = decodeCursor(after, 1) ?? [];
    const rows = await listInvitationsStatement.run(context.em, [
      organizationId,
      siteId ?? null,
      productId ?? null,
      id,
      size + 1,
    ]);
    return toPage(rows, size, after, (row) => [row.id], toInvitation);
  }

  @Access("session")
  @Mutation(() => ChangedInvitationResult, {
    description:
      "Offers a role to an address by mail; for whoever may give it. Neither answer nor time tells whether the address has an account.",
  })
  async inviteToRole(
    @Ctx() context: Context,
    @Arg("input", () => InviteToRoleInput, { description: "Whom and which." }) input: InviteToRoleInput,
  ): Promise<InvitationResult | Refused> {
    return this.#change(context, "inviteToRole", input, (em, actor) =>
      this.#invitations.invite(em, actor, input),
    );
  }

  @Access("session")
  @Mutation(() => ChangedInvitationResult, {
    description:
      "Offers the ownership of a product; for its owner and the organization's admins. It passes when it is accepted; the former owner becomes product admin.",
  })
  async offerOwnership(
    @Ctx() context: Context,
    @Arg("input", () => OfferOwnershipInput, { description: "Which product, and to whom." })
    input: OfferOwnershipInput,
  ): Promise<InvitationResult | Refused> {
    return this.#change(context, "offerOwnership", input, (em, actor) =>
      this.#invitations.offerOwnership(em, actor, input),
    );
  }

  @Access("session")
  @Mutation(() => ChangedInvitationResult, {
    description: "Mails a new link, which works for 72 hours; the older one ends.",
  })
  async resendInvitation(
    @Ctx() context: Context,
    @Arg("input", () => InvitationInput, { description: "Which." }) input: InvitationInput,
  ): Promise<InvitationResult | Refused> {
    return this.#change(context, "resendInvitation", input, (em, actor) =>
      this.#invitations.resend(em, actor, input.invitationId),
    );
  }

  @Access("session")
  @Mutation(() => ChangedInvitationResult, {
    description: "Takes an invitation or an offer of ownership back; its link ends.",
  })
  async withdrawInvitation(
    @Ctx() context: Context,
    @Arg("input", () => InvitationInput, { description: "Which." }) input: InvitationInput,
  ): Promise<InvitationResult | Refused> {
    return this.#change(context, "withdrawInvitation", input, (em, actor) =>
      this.#invitations.withdraw(em, actor, input.invitationId),
    );
  }

  @Access("session")
  @Mutation(() => AnswerInvitationResult, {
    description: "Accepts with the link of the mail; only for the account of exactly the invited address.",
  })
  async acceptInvitation(
    @Ctx() context: Context,
    @Arg("input", () => AcceptInvitationInput, { description: "The link." }) input: AcceptInvitationInput,
  ): Promise<AnsweredInvitation | Refused> {
    return once<AnsweredInvitation>(context, "acceptInvitation", input, (em, actor) =>
      this.#acceptance.accept(em, actor, input.token),
    );
  }

  @Access("session")
  @Mutation(() => AnswerInvitationResult, {
    description: "Declines an invitation of the viewer's address.",
  })
  async declineInvitation(
    @Ctx() context: Context,
    @Arg("input", () => InvitationInput, { description: "Which." }) input: InvitationInput,
  ): Promise<AnsweredInvitation | Refused> {
    return once<AnsweredInvitation>(context, "declineInvitation", input, (em, actor) =>
      this.#acceptance.declineOwn(em, actor, input.invitationId),
    );
  }

  @FieldResolver(() => SiteType, { nullable: true, description: "The site of a site admin to be." })
  async site(@Root() root: InvitationType, @Ctx() context: Context): Promise<SiteType | null> {
    return root.siteId === null ? null : loadSites(context).load(root.siteId);
  }

  @FieldResolver(() => ProductType, {
    nullable: true,
    description: "The product of an owner or product admin to be.",
  })
  async product(@Root() root: InvitationType, @Ctx() context: Context): Promise<ProductType | null> {
    return root.productId === null ? null : loadProducts(context).load(root.productId);
  }

  @FieldResolver(() => PersonRefType, { description: "Who sent it last and answers for it." })
  async invitedBy(@Root() root: InvitationType, @Ctx() context: Context): Promise<PersonRefType | null> {
    return loadPersonRefs(context).load(root.inviterId);
  }

  @FieldResolver(() => Boolean, { description: "Whether the viewer may send it again and take it back." })
  viewerCanChange(@Root() root: InvitationType, @Ctx() context: Context): boolean {
    return mayGrant(actorOf(context), root);
  }

  async #change(
    context: Context,
    operation: string,
    input: { idempotencyKey?: string | null },
    work: (em: EntityManager, actor: Actor) => Promise<string | Refused>,
  ): Promise<InvitationResult | Refused> {
    const changed = await once<{ id: string }>(context, operation, input, async (em, actor) => {
      const id = await work(em, actor);
      return isRefused(id) ? id : { id };
    });
    if (isRefused(changed)) {
      return changed;
    }
    const [row] = await findInvitationStatement.run(context.em, [changed.id]);
    return { invitation: row?.state === "PENDING" ? toInvitation(row) : null };
  }
}
