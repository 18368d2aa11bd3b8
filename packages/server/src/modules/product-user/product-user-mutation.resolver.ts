import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { Access } from "../../platform/graphql/access.ts";
import type { EntityManager } from "../../platform/database/orm.ts";
import type { RequestContext } from "../../platform/graphql/context.ts";
import { apiError, notFound } from "../../platform/graphql/errors.ts";
import { answerOnce, type AnswerStore } from "../../platform/idempotency/answer-once.ts";
import { isRefused, type Refused } from "../../platform/refusal.ts";
import type { Actor } from "../sign-in/index.ts";
import { askForConfirmation, makeAddressUnique, type ProductUserDeps } from "./product-user.service.ts";
import {
  ChangeProductUserEmailInput,
  ProductUserAnswer,
  ProductUserResult,
  VerifyProductUserEmailInput,
} from "./product-user.types.ts";
import { toProductUser } from "./product-user.view.ts";
import { loadProductUsersStatement } from "./sql/load-product-users.ts";

type Context = RequestContext<Actor>;

const byId: AnswerStore<string> = {
  save: (id) => ({ id }),
  load: async (_em, saved) => String(saved.id),
};

/** What is done about flagged bots (R57). */
@Resolver()
export class ProductUserMutationResolver {
  readonly #deps: ProductUserDeps;

  constructor(deps: ProductUserDeps) {
    this.#deps = deps;
  }

  @Access("signed-in")
  @Mutation(() => ProductUserResult, {
    description:
      "Gives a flagged bot an address of its own, in this program; change it in the product, too. For its owner, product admins and organization admins.",
  })
  async changeProductUserEmail(
    @Ctx() context: Context,
    @Arg("input", () => ChangeProductUserEmailInput, { description: "The bot and its new address." })
    input: ChangeProductUserEmailInput,
  ): Promise<ProductUserAnswer | Refused> {
    const actor = actorOf(context);
    return answer(
      context,
      await answerOnce(
        context,
        "changeProductUserEmail",
        input,
        (em) => makeAddressUnique(em, this.#deps, actor, input),
        byId,
      ),
    );
  }

  @Access("signed-in")
  @Mutation(() => ProductUserResult, {
    description:
      "Sends a mail whose link confirms the address of a flagged bot; the link works once, for 10 minutes, and ends earlier ones. For its owner, product admins and organization admins.",
  })
  async verifyProductUserEmail(
    @Ctx() context: Context,
    @Arg("input", () => VerifyProductUserEmailInput, { description: "The bot." })
    input: VerifyProductUserEmailInput,
  ): Promise<ProductUserAnswer | Refused> {
    const actor = actorOf(context);
    return answer(
      context,
      await answerOnce(
        context,
        "verifyProductUserEmail",
        input,
        (em) => askForConfirmation(em, this.#deps, actor, input),
        byId,
      ),
    );
  }
}

async function answer({ em }: Context, id: string | Refused): Promise<ProductUserAnswer | Refused> {
  return isRefused(id) ? id : { productUser: toProductUser(await load(em, id)) };
}

async function load(em: EntityManager, id: string) {
  const [row] = await loadProductUsersStatement.run(em, [[id]]);
  if (row === undefined) {
    throw notFound();
  }
  return row;
}

function actorOf({ actor }: Context): Actor {
  if (actor === null) {
    throw apiError("UNAUTHENTICATED", "Sign in first.");
  }
  return actor;
}
