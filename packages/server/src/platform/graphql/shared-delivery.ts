import { execute, type ExecutionArgs, type GraphQLError, type GraphQLSchema } from "graphql";
import type { FeedChoice } from "../events/feed.ts";
import type { Logger } from "../logging.ts";
import { DeliveryGroup } from "./delivery-group.ts";
import { formatSocketErrors } from "./format-error.ts";
import type { SharedShape } from "./shareable.ts";
import { sharedContext } from "./shared-context.ts";
import type { Subscriber } from "./subscriber.ts";

/** What is answered with: the operation as it was prepared. */
export type SharedOperation = Pick<ExecutionArgs, "document" | "operationName" | "variableValues"> & {
  shape: SharedShape;
};

/** The delivery groups of a node: one for each feed and shape of operation that somebody subscribed to. */
export class SharedDelivery {
  readonly #schema: GraphQLSchema;
  readonly #logger: Logger;
  readonly #groups = new Map<string, DeliveryGroup<unknown>>();

  constructor(schema: GraphQLSchema, logger: Logger) {
    this.#schema = schema;
    this.#logger = logger;
  }

  /** Puts the subscriber among those who get the same bytes. Returns how it leaves them. */
  join(subscriber: Subscriber, choice: FeedChoice<unknown>, operation: SharedOperation): () => void {
    const key = JSON.stringify([
      choice.key,
      operation.shape.text,
      operation.shape.variables.map((name) => operation.variableValues?.[name] ?? null),
    ]);
    let group = this.#groups.get(key);
    if (group === undefined) {
      const made: DeliveryGroup<unknown> = new DeliveryGroup(
        choice.open(),
        (value) => this.#answer(operation, value),
        () => this.#groups.delete(key),
      );
      this.#groups.set(key, made);
      group = made;
    }
    const joined = group;
    joined.join(subscriber);
    return () => joined.leave(subscriber);
  }

  async #answer(
    { document, operationName, variableValues }: SharedOperation,
    value: unknown,
  ): Promise<string> {
    try {
      const result = await execute({
        schema: this.#schema,
        document,
        operationName,
        variableValues,
        contextValue: sharedContext,
        rootValue: value,
      });
      const { errors } = result;
      return JSON.stringify(
        errors === undefined ? result : { ...result, errors: formatSocketErrors(errors, this.#logger) },
      );
    } catch (error) {
      return JSON.stringify({ errors: formatSocketErrors([error as GraphQLError], this.#logger) });
    }
  }
}
