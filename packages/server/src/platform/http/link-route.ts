import express, { type ErrorRequestHandler, type Express, type Response } from "express";
import type { ZodType } from "zod";
import type { EntityManager } from "../database/orm.ts";
import type { Logger } from "../logging.ts";
import { isRefused, type Refused } from "../refusal.ts";

/** What every route of a mailed link needs. */
export interface LinkRouteOptions {
  fork: () => EntityManager;
  logger: Logger;
  /** Public origins of this application. */
  allowedOrigins: readonly string[];
  /** Counts a request of a client address; how many seconds to wait when there were too many. */
  limit: (key: string, perMinute: number) => Promise<number | null>;
}

/** A route for whoever holds a mailed link, signed in or not. */
export interface LinkRoute<Body> {
  path: string;
  schema: ZodType<Body>;
  /** Said of a body that the schema refuses: what to send. */
  wanted: string;
  /** Requests of one client address. Links have 256 random bits, so this is about load, not about guessing. */
  perMinute: number;
  work: (em: EntityManager, body: Body) => Promise<object | Refused>;
  /** Answers a failure that the route knows; false for any other. */
  answerFailure?: (error: unknown, response: Response) => boolean;
}

/**
 * Mounts a POST of JSON with the link's secret in the body, never in an address, from this application's own pages alone.
 * Answers what the work returns; a refusal is an answer, not a fault, here as in the API: `{ refused }`.
 */
export function mountLinkRoute<Body>(app: Express, options: LinkRouteOptions, route: LinkRoute<Body>): void {
  app.post(route.path, express.json({ limit: "8kb" }), async (request, response) => {
    response.setHeader("Cache-Control", "no-store");
    // A browser says where a request comes from; JSON from elsewhere would need a permission that nobody gives.
    const origin = request.get("origin");
    const isOwn = origin !== undefined && options.allowedOrigins.includes(origin);
    if (!isOwn || request.is("application/json") === false) {
      answerError(response, 403, "FORBIDDEN", "This request does not come from this application's pages.");
      return;
    }
    const seconds = await options.limit(`${route.path}:${request.ip ?? ""}`, route.perMinute);
    if (seconds !== null) {
      response.setHeader("Retry-After", String(seconds));
      answerError(response, 429, "RATE_LIMITED", "Too many attempts. Wait a minute, then try again.");
      return;
    }
    const body = route.schema.safeParse(request.body);
    if (!body.success) {
      answerError(response, 400, "INVALID_INPUT", route.wanted);
      return;
    }
    try {
      answerResult(response, await route.work(options.fork(), body.data));
    } catch (error) {
      if (route.answerFailure?.(error, response) === true) {
        return;
      }
      options.logger.error({ err: error, route: route.path }, "a mailed link could not be answered");
      answerError(response, 500, "INTERNAL", "Something went wrong here. Try again.");
    }
  });
  app.use(route.path, answerBadBody);
}

export function answerError(response: Response, status: number, code: string, message: string): void {
  response.status(status).json({ error: { code, message, field: null, whoCanGrant: [] } });
}

/** A body that is no JSON or too long. */
const answerBadBody: ErrorRequestHandler = (_error, _request, response, _next) => {
  answerError(response, 400, "INVALID_INPUT", "Send JSON of at most 8 KB.");
};

function answerResult(response: Response, result: object | Refused): void {
  if (!isRefused(result)) {
    response.json(result);
    return;
  }
  const { code, field, message, whoCanGrant } = result;
  response.json({ refused: { code, message, field, whoCanGrant } });
}
