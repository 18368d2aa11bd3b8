import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from "type-graphql";
import { Access } from "../../../platform/graphql/access.ts";
import type { EntityManager } from "../../../platform/database/orm.ts";
import type { RequestContext } from "../../../platform/graphql/context.ts";
import { notFound } from "../../../platform/graphql/errors.ts";
import { loader } from "../../../platform/graphql/loader.ts";
import { answerOnce, type AnswerStore } from "../../../platform/idempotency/answer-once.ts";
import { isRefused, type Refused } from "../../../platform/refusal.ts";
import {
  loadPersonRefs,
  loadSites,
  OrganizationType,
  PersonRefType,
  SiteType,
} from "../../directory/index.ts";
import { isOrganizationAdmin, type Actor } from "../../sign-in/index.ts";
import { actorOf, toApiToken } from "../api-token.view.ts";
import {
  ApiTokenResult,
  ApiTokenType,
  CreateApiTokenResult,
  NewApiTokenResult,
  RevokeApiTokenResult,
} from "../api-token.types.ts";
import type { MadeToken } from "../api-token.service.ts";
import { findTokenStatement } from "../sql/find-token.ts";
import { listTokensStatement } from "../sql/list-tokens.ts";
import type { TokenRow } from "../sql/token-columns.ts";
import {
  createServiceAccount,
  createServiceToken,
  removeServiceAccount,
  revokeServiceToken,
} from "./service-account.service.ts";
import {
  CreateServiceAccountInput,
  CreateServiceTokenInput,
  RemoveServiceAccountInput,
  RevokeServiceTokenInput,
  ServiceAccountAnswer,
  ServiceAccountResult,
  ServiceAccountType,
} from "./service-account.types.ts";
import { findServiceAccountsStatement, type FoundServiceAccountRow } from "./sql/find-service-accounts.ts";
import { listServiceAccountsStatement } from "./sql/list-service-accounts.ts";
import type { ServiceAccountRow } from "./sql/service-account-columns.ts";

type Context = RequestContext<Actor>;

/** Service accounts and tokens shown at most. */
const mostShown = 200;
const byId: AnswerStore<string> = {
  save: (id) => ({ id }),
  load: async (_em, saved) => String(saved.id),
};

/** Accounts for programs: made and ended by organization admins in their own session. */
@Resolver(() => ServiceAccountType)
export class ServiceAccountResolver {
  @Access("session")
  @Mutation(() => ServiceAccountResult, {
    description: "Makes an account for programs; for organization admins.",
  })
  async createServiceAccount(
    @Ctx() context: Context,
    @Arg("input", () => CreateServiceAccountInput, { description: "The new service account." })
    input: CreateServiceAccountInput,
  ): Promise<ServiceAccountAnswer | Refused> {
    const actor = actorOf(context);
    const id = await answerOnce(
      context,
      "createServiceAccount",
      input,
      (em) => createServiceAccount(em, actor, { ...input, purpose: input.purpose ?? "" }),
      byId,
    );
    return isRefused(id) ? id : answerWith(context.em, id);
  }

  @Access("session")
  @Mutation(() => ServiceAccountResult, {
    description: "Ends a service account: its tokens stop working at once and its roles are taken.",
  })
  async removeServiceAccount(
    @Ctx() context: Context,
    @Arg("input", () => RemoveServiceAccountInput, { description: "Which one." })
    input: RemoveServiceAccountInput,
  ): Promise<ServiceAccountAnswer | Refused> {
    const actor = actorOf(context);
    const id = await answerOnce(
      context,
      "removeServiceAccount",
      input,
      (em) => removeServiceAccount(em, actor, input.serviceAccountId),
      byId,
    );
    return isRefused(id) ? id : answerWith(context.em, id);
  }

  @Access("session")
  @Mutation(() => CreateApiTokenResult, {
    description: "Makes an API token of a service account and shows its secret, this once.",
  })
  async createServiceToken(
    @Ctx() context: Context,
    @Arg("input", () => CreateServiceTokenInput, { description: "The new token." })
    input: CreateServiceTokenInput,
  ): Promise<NewApiTokenResult | Refused> {
    const actor = actorOf(context);
    const made = await answerOnce<Omit<MadeToken, "secret"> & { secret: string | null }>(
      context,
      "createServiceToken",
      input,
      (em) => createServiceToken(em, actor, input),
      {
        // Never the secret: what is kept for a repeat is in the database in the clear.
        save: ({ token }) => ({ id: token.id }),
        load: async (em, saved) => ({ token: await readToken(em, saved), secret: null }),
      },
    );
    return isRefused(made) ? made : { token: toApiToken(made.token), secret: made.secret };
  }

  @Access("session")
  @Mutation(() => RevokeApiTokenResult, { description: "Ends an API token of a service account at once." })
  async revokeServiceToken(
    @Ctx() context: Context,
    @Arg("input", () => RevokeServiceTokenInput, { description: "Which one." })
    input: RevokeServiceTokenInput,
  ): Promise<ApiTokenResult | Refused> {
    const actor = actorOf(context);
    const token = await answerOnce<TokenRow>(
      context,
      "revokeServiceToken",
      input,
      (em) => revokeServiceToken(em, actor, input.tokenId),
      { save: ({ id }) => ({ id }), load: readToken },
    );
    return isRefused(token) ? token : { token: toApiToken(token) };
  }

  @FieldResolver(() => PersonRefType, { nullable: true, description: "Who made it." })
  async createdBy(@Root() root: ServiceAccountType, @Ctx() context: Context): Promise<PersonRefType | null> {
    return loadPersonRefs(context).load(root.createdById);
  }

  @FieldResolver(() => [SiteType], {
    description: "The sites it administers; none for an organization admin and for one that was removed.",
  })
  async sites(@Root() root: ServiceAccountType, @Ctx() context: Context): Promise<SiteType[]> {
    const found = await loadFound(context, root.id);
    const ids = (found?.grants ?? []).flatMap(({ siteId }) => (siteId === null ? [] : [siteId]));
    const sites = await loadSites(context).loadMany(ids);
    return sites.filter((site): site is SiteType => site !== null && !(site instanceof Error));
  }

  @FieldResolver(() => [ApiTokenType], {
    description: "Its API tokens, newest first, at most 200; ended ones for 90 days.",
  })
  async apiTokens(@Root() root: ServiceAccountType, @Ctx() context: Context): Promise<ApiTokenType[]> {
    const tokens = loader(context, "apiToken.serviceTokens", async (ids) => {
      const rows = await listTokensStatement.run(context.em, [ids, mostShown]);
      return new Map(ids.map((id) => [id, rows.filter(({ accountId }) => accountId === id)]));
    });
    return ((await tokens.load(root.id)) ?? []).map(toApiToken);
  }
}

/** Organization.serviceAccounts. */
@Resolver(() => OrganizationType)
export class OrganizationServiceAccountsResolver {
  @FieldResolver(() => [ServiceAccountType], {
    description: "Its accounts for programs, for organization admins; removed ones last, at most 200.",
  })
  async serviceAccounts(
    @Root() root: OrganizationType,
    @Ctx() context: Context,
  ): Promise<ServiceAccountType[]> {
    if (!isOrganizationAdmin(actorOf(context), root.id)) {
      return [];
    }
    const rows = await listServiceAccountsStatement.run(context.em, [root.id, mostShown]);
    return rows.map(toServiceAccount);
  }
}

async function answerWith(em: EntityManager, id: string): Promise<ServiceAccountAnswer> {
  const [found] = await findServiceAccountsStatement.run(em, [[id]]);
  if (found === undefined) {
    throw notFound();
  }
  return { serviceAccount: toServiceAccount(found) };
}

async function readToken(em: EntityManager, saved: Record<string, unknown>): Promise<TokenRow> {
  const [token] = await findTokenStatement.run(em, [saved.id, null]);
  if (token === undefined) {
    throw notFound();
  }
  return token;
}

function loadFound(context: Context, id: string): Promise<FoundServiceAccountRow | null> {
  return loader(context, "apiToken.serviceAccounts", async (ids) => {
    const rows = await findServiceAccountsStatement.run(context.em, [ids]);
    return new Map(rows.map((row) => [row.id, row]));
  }).load(id);
}

function toServiceAccount(row: ServiceAccountRow): ServiceAccountType {
  return {
    id: row.id,
    name: row.name,
    purpose: row.purpose,
    email: row.email,
    createdAt: new Date(row.createdAt),
    lastUsedAt: row.lastUsedAt === null ? null : new Date(row.lastUsedAt),
    removedAt: row.removedAt === null ? null : new Date(row.removedAt),
    createdById: row.createdBy,
  };
}
