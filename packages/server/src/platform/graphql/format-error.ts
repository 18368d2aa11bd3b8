import { randomUUID } from "node:crypto";
import { unwrapResolverError } from "@apollo/server/errors";
import { GraphQLError, type GraphQLFormattedError } from "graphql";
import type { Logger } from "../logging.ts";

/** Codes that may leave the server; graphql's own parse and validation codes are the caller's fault as well. */
const openCodes = new Set([
  "UNAUTHENTICATED",
  "FORBIDDEN",
  "BAD_INPUT",
  "NOT_FOUND",
  "CONFLICT",
  "RATE_LIMITED",
  "RESYNC",
  "GRAPHQL_PARSE_FAILED",
  "GRAPHQL_VALIDATION_FAILED",
  "BAD_USER_INPUT",
  "OPERATION_RESOLUTION_FAILURE",
  "BAD_REQUEST",
  "PERSISTED_QUERY_NOT_FOUND",
  "PERSISTED_QUERY_NOT_SUPPORTED",
]);

/**
 * Lets a caller's fault through and masks everything else as INTERNAL with the request id, under which the log
 * has the whole error.
 */
export function formatGraphqlError(
  formatted: GraphQLFormattedError,
  error: unknown,
  logger: Logger,
): GraphQLFormattedError {
  const given = formatted.extensions?.requestId;
  const requestId = typeof given === "string" ? given : randomUUID();
  const code = formatted.extensions?.code;
  if (typeof code === "string" && openCodes.has(code)) {
    const { stacktrace: _stacktrace, ...extensions } = formatted.extensions ?? {};
    return { ...formatted, extensions };
  }
  const original = unwrapResolverError(error);
  logger.error({ err: original, path: formatted.path, requestId }, "bug in a resolver");
  return {
    message: `Something went wrong on our side. Tell support this request id: ${requestId}`,
    path: formatted.path,
    locations: formatted.locations,
    extensions: { code: "INTERNAL", requestId },
  };
}

/** The same for results that do not pass through Apollo: those of the socket. */
export function formatSocketErrors(errors: readonly GraphQLError[], logger: Logger): GraphQLFormattedError[] {
  return errors.map((error) => {
    const plain = error.toJSON();
    // Without a code of ours and without an original error it is graphql's own complaint about the operation.
    const isComplaint = plain.extensions?.code === undefined && error.originalError == null;
    const shown = isComplaint ? { ...plain, extensions: { code: "GRAPHQL_VALIDATION_FAILED" } } : plain;
    return formatGraphqlError(shown, error, logger);
  });
}
