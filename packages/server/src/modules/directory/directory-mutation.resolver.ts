import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { EntityManager } from "../../platform/database/orm.ts";
import { Access } from "../../platform/graphql/access.ts";
import type { RequestContext } from "../../platform/graphql/context.ts";
import { apiError } from "../../platform/graphql/errors.ts";
import { answerOnce, type AnswerStore } from "../../platform/idempotency/answer-once.ts";
import { isRefused, type Refused } from "../../platform/refusal.ts";
import type { Actor } from "../sign-in/index.ts";
import {
  CreateSiteInput,
  EndPersonSessionsInput,
  CreateSiteResult,
  OrganizationResult,
  OverridePersonKindInput,
  PersonProfileResult,
  PersonResult,
  SetActiveInput,
  SetApprovalPolicyInput,
  SetApprovalPolicyResult,
  SiteResult,
  UpdateKindWordsInput,
  UpdateKindWordsResult,
} from "./directory.inputs.types.ts";
import { loadOrganizations, loadSites } from "./directory.loaders.ts";
import { setApprovalPolicy } from "./approval-policy.ts";
import { createSite, updateKindWords } from "./organization.service.ts";
import { loadProfiles } from "./person.loaders.ts";
import { endPersonSessions, overridePersonKind, setActive } from "./person.service.ts";

type Context = RequestContext<Actor>;

/** Changes of organizations, sites and people: each is one transaction of its service. */
@Resolver()
export class DirectoryMutationResolver {
  @Access("signed-in")
  @Mutation(() => CreateSiteResult, { description: "Makes a site; for organization admins." })
  async createSite(
    @Ctx() context: Context,
    @Arg("input", () => CreateSiteInput, { description: "The new site." }) input: CreateSiteInput,
  ): Promise<SiteResult | Refused> {
    const id = await once(context, "createSite", input, (em, actor) => createSite(em, actor, input));
    return isRefused(id) ? id : { site: present(await loadSites(context).load(id)) };
  }

  @Access("signed-in")
  @Mutation(() => UpdateKindWordsResult, {
    description:
      "Sets which local parts of addresses count as distribution lists and bots; for organization admins. Plans made before are stale.",
  })
  async updateKindWords(
    @Ctx() context: Context,
    @Arg("input", () => UpdateKindWordsInput, { description: "The words." }) input: UpdateKindWordsInput,
  ): Promise<OrganizationResult | Refused> {
    const id = await once(context, "updateKindWords", input, (em, actor) =>
      updateKindWords(em, actor, input),
    );
    return isRefused(id) ? id : { organization: present(await loadOrganizations(context).load(id)) };
  }

  @Access("signed-in")
  @Mutation(() => SetApprovalPolicyResult, {
    description:
      "Sets whether plans need a second approver; for organization admins. Seals no plan by itself: what waits still needs an approval.",
  })
  async setApprovalPolicy(
    @Ctx() context: Context,
    @Arg("input", () => SetApprovalPolicyInput, { description: "The rule." }) input: SetApprovalPolicyInput,
  ): Promise<OrganizationResult | Refused> {
    const id = await once(context, "setApprovalPolicy", input, (em, actor) =>
      setApprovalPolicy(em, actor, input),
    );
    return isRefused(id) ? id : { organization: present(await loadOrganizations(context).load(id)) };
  }

  @Access("signed-in")
  @Mutation(() => PersonResult, {
    description: "Says what an address is on one site, whatever its words; for the site's admins.",
  })
  async overridePersonKind(
    @Ctx() context: Context,
    @Arg("input", () => OverridePersonKindInput, { description: "Who, where and what." })
    input: OverridePersonKindInput,
  ): Promise<PersonProfileResult | Refused> {
    const id = await once(context, "overridePersonKind", input, (em, actor) =>
      overridePersonKind(em, actor, { ...input, kind: input.kind ?? null }),
    );
    return isRefused(id) ? id : { person: present(await loadProfiles(context).load(id)) };
  }

  @Access("signed-in")
  @Mutation(() => PersonResult, {
    description: "Deactivates or reactivates somebody on one site alone; for the site's admins.",
  })
  async setActive(
    @Ctx() context: Context,
    @Arg("input", () => SetActiveInput, { description: "Who, where and whether." }) input: SetActiveInput,
  ): Promise<PersonProfileResult | Refused> {
    const id = await once(context, "setActive", input, (em, actor) => setActive(em, actor, input));
    return isRefused(id) ? id : { person: present(await loadProfiles(context).load(id)) };
  }

  @Access("session")
  @Mutation(() => PersonResult, {
    description:
      "Signs an account out everywhere and forgets its remembered browsers; API tokens stay. For organization admins.",
  })
  async endPersonSessions(
    @Ctx() context: Context,
    @Arg("input", () => EndPersonSessionsInput, { description: "Whose, and in which organization's name." })
    input: EndPersonSessionsInput,
  ): Promise<PersonProfileResult | Refused> {
    const id = await once(context, "endPersonSessions", input, (em, actor) =>
      endPersonSessions(em, actor, input),
    );
    return isRefused(id) ? id : { person: present(await loadProfiles(context).load(id)) };
  }
}

/** The answer of every mutation here is kept as the id of what was changed. */
const keepId: AnswerStore<string> = {
  save: (id) => ({ id }),
  load: async (_em, saved) => String(saved.id),
};

async function once(
  context: Context,
  operation: string,
  input: { idempotencyKey?: string | null },
  work: (em: EntityManager, actor: Actor) => Promise<string | Refused>,
): Promise<string | Refused> {
  const { actor } = context;
  if (actor === null) {
    throw apiError("UNAUTHENTICATED", "Sign in first.");
  }
  const answer = await answerOnce(context, operation, input, (em) => work(em, actor), keepId);
  // What an earlier mutation of the same request loaded may have changed since.
  context.loaders.clear();
  return answer;
}

function present<T>(value: T | null): T {
  if (value === null) {
    throw new Error("What was just changed is gone");
  }
  return value;
}
