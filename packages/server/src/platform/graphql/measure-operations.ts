import type { ApolloServerPlugin } from "@apollo/server";
import type { Metrics } from "../metrics.ts";
import { openSpan } from "../tracing.ts";
import type { RequestContext, SignedIn } from "./context.ts";

/** Counts every operation over HTTP by its name and outcome, and keeps a span of it. */
export function measureOperations<Actor extends SignedIn>(
  metrics: Metrics | undefined,
): ApolloServerPlugin<RequestContext<Actor>> {
  return {
    async requestDidStart() {
      const startedAt = performance.now();
      let endSpan: (() => void) | undefined;
      return {
        async didResolveOperation({ operationName, operation }) {
          const type = operation?.operation ?? "query";
          endSpan = openSpan(`graphql ${type} ${operationName ?? "anonymous"}`, {
            "graphql.operation.name": operationName ?? "anonymous",
            "graphql.operation.type": type,
          });
        },
        async willSendResponse({ operationName, response }) {
          endSpan?.();
          const { body } = response;
          const errors = body.kind === "single" ? body.singleResult.errors : undefined;
          const outcome = errors === undefined ? "ok" : failedOrRefused(errors);
          metrics?.operation(operationName, outcome, (performance.now() - startedAt) / 1000);
        },
      };
    },
  };
}

function failedOrRefused(errors: readonly { extensions?: Record<string, unknown> }[]): "failed" | "refused" {
  return errors.some(({ extensions }) => extensions?.code === "INTERNAL") ? "failed" : "refused";
}
