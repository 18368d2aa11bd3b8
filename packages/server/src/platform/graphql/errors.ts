import { GraphQLError } from "graphql";

/** The closed set of error codes a caller can see. INTERNAL is a masked bug with a request id. */
export type ApiErrorCode =
  | "UNAUTHENTICATED"
  | "FORBIDDEN"
  | "BAD_INPUT"
  | "NOT_FOUND"
  | "CONFLICT"
  | "RATE_LIMITED"
  | "RESYNC";

/** A caller's fault or a lost race; domain refusals are result unions instead. */
export function apiError(
  code: ApiErrorCode,
  message: string,
  details: Record<string, unknown> = {},
): GraphQLError {
  return new GraphQLError(message, { extensions: { ...details, code } });
}

/** The one answer for "does not exist" and "belongs to another organization". */
export function notFound(): GraphQLError {
  return apiError("NOT_FOUND", "Nothing with this id is visible to you.");
}
