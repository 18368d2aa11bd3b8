import { CombinedGraphQLErrors, ServerError } from "@apollo/client/errors";

/** What a page says about a failed request; `requestId` is null when the request never reached the server. */
export interface RequestFailure {
  code: string;
  message: string;
  requestId: string | null;
}

/** Turns whatever Apollo threw into a code, a sentence and the request id of the server's masked error. */
export function describeFailure(error: unknown): RequestFailure {
  if (CombinedGraphQLErrors.is(error)) {
    const first = error.errors[0];
    const extensions = first?.extensions ?? {};
    return {
      code: typeof extensions.code === "string" ? extensions.code : "INTERNAL",
      message: first?.message ?? "The server answered with an error.",
      requestId: typeof extensions.requestId === "string" ? extensions.requestId : null,
    };
  }
  if (ServerError.is(error)) {
    return {
      code: error.statusCode === 401 ? "UNAUTHENTICATED" : "SERVER",
      message: `The server answered ${error.statusCode}.`,
      requestId: error.response.headers.get("x-request-id"),
    };
  }
  const offline = typeof navigator !== "undefined" && !navigator.onLine;
  return {
    code: "NETWORK",
    message: offline ? "You are offline." : "The server cannot be reached.",
    requestId: null,
  };
}
