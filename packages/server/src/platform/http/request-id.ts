import { randomUUID } from "node:crypto";
import type { RequestHandler } from "express";
import { currentLogContext, inLogContext } from "../log-context.ts";

/** Letters that need no escaping anywhere, and enough of them for any id: the header comes from outside. */
const acceptable = /^[A-Za-z0-9._:-]{8,128}$/;

/**
 * Gives every request an id: the one in X-Request-Id where a proxy or a caller sent a usable one, else a new one. It
 * goes back in X-Request-Id and stands in every log line of the request.
 */
export function nameRequests(): RequestHandler {
  return (request, response, next) => {
    const given = request.headers["x-request-id"];
    const requestId = typeof given === "string" && acceptable.test(given) ? given : randomUUID();
    response.setHeader("X-Request-Id", requestId);
    inLogContext({ requestId }, next);
  };
}

/** The id of the request under way; a new one outside of any. */
export function currentRequestId(): string {
  return currentLogContext().requestId ?? randomUUID();
}
