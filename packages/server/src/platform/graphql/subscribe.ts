import { createSourceEventStream, execute, type ExecutionArgs, type ExecutionResult } from "graphql";
import type { SharedDelivery } from "./shared-delivery.ts";
import type { SharedShape } from "./shareable.ts";
import { SharedSource } from "./shared-source.ts";
import type { SocketSession } from "./socket-session.ts";

/** Where a subscription's answers go. */
export interface SubscriptionTarget<Actor> {
  session: SocketSession<Actor>;
  subscriptionId: string;
  /** Null when each answer is to be made for this subscriber. */
  shape: SharedShape | null;
}

/**
 * GraphQL's subscribe, with one difference: where the answer depends on nothing but the value, the subscriber joins
 * those who get the same bytes, and the stream it gives stays empty until the subscription ends.
 */
export async function subscribeOnSocket<Actor>(
  args: ExecutionArgs,
  { session, subscriptionId, shape }: SubscriptionTarget<Actor>,
  delivery: SharedDelivery,
): Promise<AsyncIterable<ExecutionResult> | ExecutionResult> {
  const source = await createSourceEventStream(args);
  if (!(Symbol.asyncIterator in source)) {
    return source;
  }
  if (source instanceof SharedSource && session.open.has(subscriptionId)) {
    if (shape !== null) {
      const operation = { ...args, shape };
      return session.readShared(subscriptionId, source, operation, delivery) ?? nothing();
    }
    session.readAlone(subscriptionId, source);
  }
  return answers(args, source);
}

/** Makes each answer for this subscriber, with the context of this subscriber. */
function answers(
  args: ExecutionArgs,
  source: AsyncIterable<unknown>,
): AsyncIterableIterator<ExecutionResult> {
  const values = source[Symbol.asyncIterator]();
  return {
    async next() {
      const { done, value } = await values.next();
      return done === true
        ? { done, value: undefined }
        : { done: false, value: await execute({ ...args, rootValue: value }) };
    },
    async return() {
      await values.return?.();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

async function* nothing(): AsyncGenerator<never, void, undefined> {}
