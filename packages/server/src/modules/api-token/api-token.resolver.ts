import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from "type-graphql";
import type { EntityManager } from "../../platform/database/orm.ts";
import { Access } from "../../platform/graphql/access.ts";
import type { RequestContext } from "../../platform/graphql/context.ts";
import { notFound } from "../../platform/graphql/errors.ts";
import { answerOnce } from "../../platform/idempotency/answer-once.ts";
import { isRefused, type Refused } from "../../platform/refusal.ts";
import { loadOrganizations, OrganizationType, ViewerType } from "../directory/index.ts";
import type { Actor } from "../sign-in/index.ts";
import { createApiToken, revokeApiToken, type MadeToken } from "./api-token.service.ts";
import {
  ApiTokenResult,
  ApiTokenType,
  CreateApiTokenInput,
  CreateApiTokenResult,
  NewApiTokenResult,
  RevokeApiTokenInput,
  RevokeApiTokenResult,
} from "./api-token.types.ts";
import { actorOf, toApiToken } from "./api-token.view.ts";
import { findTokenStatement } from "./sql/find-token.ts";
import { listTokensStatement } from "./sql/list-tokens.ts";
import type { TokenRow } from "./sql/token-columns.ts";

type Context = RequestContext<Actor>;

/** Tokens shown at most; the newest of them. */
const mostShown = 200;

/** Making and ending API tokens: for people in their session, never for a token itself. */
@Resolver(() => ApiTokenType)
export class ApiTokenResolver {
  @Access("session")
  @Mutation(() => CreateApiTokenResult, {
    description: "Makes an API token of the viewer and shows its secret, this once.",
  })
  async createApiToken(
    @Ctx() context: Context,
    @Arg("input", () => CreateApiTokenInput, { description: "The new token." }) input: CreateApiTokenInput,
  ): Promise<NewApiTokenResult | Refused> {
    const actor = actorOf(context);
    const made = await answerOnce<Omit<MadeToken, "secret"> & { secret: string | null }>(
      context,
      "createApiToken",
      input,
      (em) => createApiToken(em, actor, { ...input, organizationId: input.organizationId ?? null }),
      {
        // Never the secret: what is kept for a repeat is in the database in the clear.
        save: ({ token }) => ({ id: token.id }),
        load: async (em, saved) => ({ token: await readToken(em, actor, saved), secret: null }),
      },
    );
    return isRefused(made) ? made : { token: toApiToken(made.token), secret: made.secret };
  }

  @Access("session")
  @Mutation(() => RevokeApiTokenResult, {
    description: "Ends an API token of the viewer at once; sockets opened with it close within seconds.",
  })
  async revokeApiToken(
    @Ctx() context: Context,
    @Arg("input", () => RevokeApiTokenInput, { description: "Which one." }) input: RevokeApiTokenInput,
  ): Promise<ApiTokenResult | Refused> {
    const actor = actorOf(context);
    const token = await answerOnce(
      context,
      "revokeApiToken",
      input,
      (em) => revokeApiToken(em, actor, input.tokenId),
      { save: ({ id }) => ({ id }), load: (em, saved) => readToken(em, actor, saved) },
    );
    return isRefused(token) ? token : { token: toApiToken(token) };
  }

  @FieldResolver(() => OrganizationType, {
    nullable: true,
    description: "The one organization it works in; null: every one of its owner's.",
  })
  async organization(@Root() root: ApiTokenType, @Ctx() context: Context): Promise<OrganizationType | null> {
    return root.organizationId === null ? null : loadOrganizations(context).load(root.organizationId);
  }
}

/** Viewer.apiTokens. */
@Resolver(() => ViewerType)
export class ViewerTokensResolver {
  @FieldResolver(() => [ApiTokenType], {
    description:
      "Their API tokens, newest first, at most 200; ended ones for 90 days. A token sees only itself.",
  })
  async apiTokens(@Root() _root: ViewerType, @Ctx() context: Context): Promise<ApiTokenType[]> {
    const { accountId, token } = actorOf(context);
    const rows = await listTokensStatement.run(context.em, [[accountId], mostShown]);
    return rows.filter((row) => token == null || row.id === token.id).map(toApiToken);
  }
}

async function readToken(em: EntityManager, actor: Actor, saved: Record<string, unknown>): Promise<TokenRow> {
  const [token] = await findTokenStatement.run(em, [saved.id, actor.accountId]);
  if (token === undefined) {
    throw notFound();
  }
  return token;
}
