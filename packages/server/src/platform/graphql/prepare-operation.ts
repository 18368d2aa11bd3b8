import {
  getOperationAST,
  GraphQLError,
  parse,
  specifiedRules,
  validate,
  type DocumentNode,
  type GraphQLSchema,
} from "graphql";
import { limitOperations, maxTokens } from "./limits.ts";
import { shapeOf, type SharedShape } from "./shareable.ts";

/** An operation that may be subscribed to. */
export interface PreparedOperation {
  document: DocumentNode;
  /** Null when its answers are made for each subscriber. */
  shape: SharedShape | null;
}

/** Operations kept ready: thousands of browsers send the same few. */
const keptOperations = 200;
/** Longer ones are rare and would fill the memory. */
const longestKept = 8_192;

/** Parses and validates as HTTP does, so that a wrong operation is an answer and not a closed socket. */
export class OperationPreparer {
  readonly #schema: GraphQLSchema;
  readonly #kept = new Map<string, PreparedOperation>();

  constructor(schema: GraphQLSchema) {
    this.#schema = schema;
  }

  /** The operation, or what is wrong with it. */
  prepare(query: string, operationName?: string | null): PreparedOperation | readonly GraphQLError[] {
    const key = JSON.stringify([operationName ?? null, query]);
    const kept = this.#kept.get(key);
    if (kept !== undefined) {
      return kept;
    }
    const prepared = this.#prepare(query, operationName);
    if ("document" in prepared && key.length <= longestKept) {
      if (this.#kept.size >= keptOperations) {
        this.#kept.delete(this.#kept.keys().next().value ?? "");
      }
      this.#kept.set(key, prepared);
    }
    return prepared;
  }

  #prepare(query: string, operationName?: string | null): PreparedOperation | readonly GraphQLError[] {
    try {
      const document = parse(query, { maxTokens });
      const errors = validate(this.#schema, document, [...specifiedRules, limitOperations]);
      if (errors.length > 0) {
        return errors;
      }
      const operation = getOperationAST(document, operationName);
      if (operation?.operation !== "subscription") {
        return [
          new GraphQLError("Only subscriptions are served here; send queries and mutations over HTTP.", {
            extensions: { code: "BAD_INPUT" },
          }),
        ];
      }
      return { document, shape: shapeOf(this.#schema, document, operation) };
    } catch (error) {
      return [error instanceof GraphQLError ? error : new GraphQLError("This operation cannot be read.")];
    }
  }
}
