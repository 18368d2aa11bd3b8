import type { EntityManager } from "../../platform/database/orm.ts";
import type { RequestContext } from "../../platform/graphql/context.ts";
import { apiError, notFound } from "../../platform/graphql/errors.ts";
import { answerOnce } from "../../platform/idempotency/answer-once.ts";
import type { Refused } from "../../platform/refusal.ts";
import { belongsToOrganization, type Actor } from "../sign-in/index.ts";
import { mayReadPeople } from "./role-policy.ts";

type Context = RequestContext<Actor>;

/** Whoever is signed in. */
export function actorOf(context: Context): Actor {
  if (context.actor === null) {
    throw apiError("UNAUTHENTICATED", "Sign in first.");
  }
  return context.actor;
}

/** Runs a change at most once per key; its answer is kept as a flat object of ids and words. */
export async function once<Answer extends object>(
  context: Context,
  operation: string,
  input: { idempotencyKey?: string | null },
  work: (em: EntityManager, actor: Actor) => Promise<Answer | Refused>,
): Promise<Answer | Refused> {
  const actor = actorOf(context);
  const answer = await answerOnce<Answer>(context, operation, input, (em) => work(em, actor), {
    save: (saved) => Object.fromEntries(Object.entries(saved)),
    load: async (_em, saved) => saved as Answer,
  });
  // What an earlier field of the same request loaded may have changed since.
  context.loaders.clear();
  return answer;
}

/** NOT_FOUND for strangers, FORBIDDEN with who can grant it for people who may not see who has which role. */
export function insistOnPeopleReader(
  context: Context,
  organizationId: string,
  productId: string | null,
): Actor {
  const actor = actorOf(context);
  if (!belongsToOrganization(actor, organizationId)) {
    throw notFound();
  }
  if (!mayReadPeople(actor, organizationId, productId)) {
    throw apiError(
      "FORBIDDEN",
      "Seeing people and roles needs a site admin or an organization admin; owners see those of their product.",
    );
  }
  return actor;
}
