import { ApolloServer, type ApolloServerPlugin } from "@apollo/server";
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from "@apollo/server/plugin/disabled";
import { ApolloServerPluginDrainHttpServer } from "@apollo/server/plugin/drainHttpServer";
import { expressMiddleware } from "@as-integrations/express5";
import express, { type Express, type Request } from "express";
import { GraphQLError, type GraphQLSchema } from "graphql";
import type { Server } from "node:http";
import { currentRequestId } from "../http/request-id.ts";
import type { Logger } from "../logging.ts";
import type { Metrics } from "../metrics.ts";
import type { RequestContext, SignedIn } from "./context.ts";
import { formatGraphqlError } from "./format-error.ts";
import { limitOperations, maxBodyBytes, maxTokens } from "./limits.ts";
import { measureOperations } from "./measure-operations.ts";
import type { TrustedOperations } from "./trusted-operations.ts";

export interface ApolloOptions<Actor extends SignedIn> {
  app: Express;
  httpServer: Server;
  schema: GraphQLSchema;
  logger: Logger;
  metrics?: Metrics;
  /** Absent where any operation may be sent. */
  trusted?: TrustedOperations;
  /** Makes the context of one request; the request id is the caller's to log and show. */
  createContext: (request: Request, requestId: string) => Promise<RequestContext<Actor>>;
}

/** Serves POST and GET /graphql with limits, CSRF prevention and masked errors. Returns how to stop it. */
export async function mountApollo<Actor extends SignedIn>(
  options: ApolloOptions<Actor>,
): Promise<() => Promise<void>> {
  const { app, httpServer, schema, logger, createContext } = options;
  const apollo = new ApolloServer<RequestContext<Actor>>({
    schema,
    introspection: true,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    includeStacktraceInErrorResponses: true,
    stopOnTerminationSignals: false,
    persistedQueries: false,
    validationRules: [limitOperations],
    parseOptions: { maxTokens },
    logger: {
      debug: (text: unknown) => logger.debug(text),
      info: (text: unknown) => logger.debug(text),
      warn: (text: unknown) => logger.warn(text),
      error: (text: unknown) => logger.error(text),
    },
    plugins: [
      ApolloServerPluginDrainHttpServer({ httpServer, stopGracePeriodMillis: 2_000 }),
      // Built-in plugins that nothing here uses; each costs time on every request.
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      introspectionForSignedIn<Actor>(),
      trustedOnly<Actor>(options.trusted),
      requestIdOnErrors<Actor>(),
      measureOperations<Actor>(options.metrics),
    ],
    formatError: (formatted, error) => formatGraphqlError(formatted, error, logger),
  });
  await apollo.start();
  app.use(
    "/graphql",
    express.json({ limit: maxBodyBytes }),
    // A body of another type is Apollo's to refuse, with a GraphQL answer.
    (request, _response, next) => {
      request.body ??= {};
      next();
    },
    expressMiddleware(apollo, {
      context: async ({ req }) => createContext(req as Request, currentRequestId()),
    }),
  );
  return () => apollo.stop();
}

/** The schema's shape is for people with an account; `__typename` stays free, health probes use it. */
function introspectionForSignedIn<Actor extends SignedIn>(): ApolloServerPlugin<RequestContext<Actor>> {
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ operation, contextValue }) {
          const asks = (operation?.selectionSet.selections ?? []).some(
            (selection) =>
              selection.kind === "Field" && ["__schema", "__type"].includes(selection.name.value),
          );
          if (asks && contextValue.actor === null) {
            throw new GraphQLError("Sign in to read the schema.", {
              extensions: { code: "UNAUTHENTICATED" },
            });
          }
        },
      };
    },
  };
}

/** Before anything is executed, and after a wrong operation was answered as one. */
function trustedOnly<Actor extends SignedIn>(
  trusted: TrustedOperations | undefined,
): ApolloServerPlugin<RequestContext<Actor>> {
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ source, contextValue }) {
          const refused = trusted?.refuse(contextValue.actor, source);
          if (refused != null) {
            throw refused;
          }
        },
      };
    },
  };
}

/** formatError gets no context, so the request id travels with each error, for the page to show and support to find. */
function requestIdOnErrors<Actor extends SignedIn>(): ApolloServerPlugin<RequestContext<Actor>> {
  return {
    async requestDidStart() {
      return {
        async didEncounterErrors({ errors, contextValue }) {
          for (const error of errors) {
            error.extensions.requestId = contextValue.requestId;
          }
        },
      };
    },
  };
}
