import { createHash } from "node:crypto";
import type { EntityManager } from "../database/orm.ts";
import type { RequestContext } from "../graphql/context.ts";
import { crashpoint } from "../crashpoint.ts";
import { apiError } from "../graphql/errors.ts";
import { isRefused, Refused, type RefusalCode } from "../refusal.ts";
import { claimKeyStatement } from "./sql/claim-key.ts";
import { keepAnswerStatement } from "./sql/keep-answer.ts";
import { readKeyStatement } from "./sql/read-key.ts";

interface StoredRefusal {
  refused: { code: RefusalCode; message: string; field: string | null; whoCanGrant: string[] };
}

/** How a mutation's answer is kept under its key: an id is enough, `load` reads the rest afresh. */
export interface AnswerStore<Answer> {
  save: (answer: Answer) => Record<string, unknown>;
  load: (em: EntityManager, saved: Record<string, unknown>) => Promise<Answer>;
}

/**
 * Runs a mutation at most once per (person, operation, key). The key, the effects and the answer are one
 * transaction, so after a crash or a cut connection a repeat either finds the answer or does the work for the
 * first time. The same key with another request is BAD_INPUT. Without a key the work simply runs.
 */
export async function answerOnce<Answer>(
  context: RequestContext,
  operation: string,
  input: { idempotencyKey?: string | null },
  work: (em: EntityManager) => Promise<Answer | Refused>,
  store: AnswerStore<Answer>,
): Promise<Answer | Refused> {
  const { idempotencyKey: key, ...request } = input;
  const { actor, em } = context;
  if (key == null || actor === null) {
    return work(em);
  }
  if (key.length < 8 || key.length > 200) {
    throw apiError("BAD_INPUT", "idempotencyKey: use 8 to 200 characters, a random UUID for instance.");
  }
  const requestHash = createHash("sha256").update(JSON.stringify(request)).digest("hex");
  const id = [actor.accountId, operation, key];
  const answered = await em.transactional(async (tx) => {
    const claimed = await claimKeyStatement.run(tx, [...id, requestHash]);
    if (claimed.length === 0) {
      return repeatAnswer(tx, id, requestHash, store);
    }
    const answer = await work(tx);
    const saved = isRefused(answer)
      ? {
          refused: {
            code: answer.code,
            message: answer.message,
            field: answer.field,
            whoCanGrant: answer.whoCanGrant,
          },
        }
      : store.save(answer);
    await keepAnswerStatement.run(tx, [...id, JSON.stringify(saved)]);
    crashpoint(`${operation}.done`);
    return answer;
  });
  crashpoint(`${operation}.committed`);
  return answered;
}

async function repeatAnswer<Answer>(
  tx: EntityManager,
  id: string[],
  requestHash: string,
  store: AnswerStore<Answer>,
): Promise<Answer | Refused> {
  const [row] = await readKeyStatement.run(tx, id);
  if (row === undefined || row.request_hash !== requestHash) {
    throw apiError("BAD_INPUT", "idempotencyKey: this key was used for another request. Use a new one.");
  }
  const saved = row.response as Record<string, unknown>;
  if ("refused" in saved) {
    const { refused } = saved as unknown as StoredRefusal;
    return new Refused(refused.code, refused.message, {
      field: refused.field ?? undefined,
      whoCanGrant: refused.whoCanGrant,
    });
  }
  return store.load(tx, saved);
}
