import express, { type ErrorRequestHandler, type Express, type Request, type Response } from "express";
import { z } from "zod";
import type { EntityManager } from "../../platform/database/orm.ts";
import type { Logger } from "../../platform/logging.ts";
import { isRefused, type Refused } from "../../platform/refusal.ts";
import { confirmAddress, showAddressLink } from "./confirm-address.ts";
import type { ProductUserDeps } from "./product-user.service.ts";

export interface ProductUserRouteOptions extends ProductUserDeps {
  fork: () => EntityManager;
  logger: Logger;
  /** Public origins of this application. */
  allowedOrigins: readonly string[];
  /** Counts a request of a client address; how many seconds to wait when there were too many. */
  limit: (key: string, perMinute: number) => Promise<number | null>;
}

const body = z.object({ token: z.string().min(1).max(100) });
/** Links have 256 random bits, so the limit is about load, not about guessing. */
const perMinute = 60;

/**
 * What somebody with the link of a bot's address does, signed in or not: POST /api/bot-address shows what it is about,
 * …/confirm confirms it. The secret is in the body, never in an address.
 */
export function mountProductUserRoutes(app: Express, options: ProductUserRouteOptions): void {
  const route = (
    path: string,
    work: (em: EntityManager, token: string) => Promise<object | Refused>,
  ): void => {
    app.post(path, express.json({ limit: "8kb" }), async (request, response) => {
      response.setHeader("Cache-Control", "no-store");
      if (!isOwn(request, options.allowedOrigins)) {
        answer(response, 403, "FORBIDDEN", "This request does not come from this application's pages.");
        return;
      }
      const seconds = await options.limit(`bot-address:${request.ip ?? ""}`, perMinute);
      if (seconds !== null) {
        response.setHeader("Retry-After", String(seconds));
        answer(response, 429, "RATE_LIMITED", "Too many attempts. Wait a minute, then try again.");
        return;
      }
      const read = body.safeParse(request.body);
      if (!read.success) {
        answer(response, 400, "INVALID_INPUT", "Send the link's token.");
        return;
      }
      try {
        send(response, await work(options.fork(), read.data.token));
      } catch (error) {
        options.logger.error({ err: error }, "the link of a bot's address could not be answered");
        answer(response, 500, "INTERNAL", "Something went wrong here. Try again.");
      }
    });
    app.use(path, answerBadBody);
  };
  route("/api/bot-address", showAddressLink);
  route("/api/bot-address/confirm", (em, token) => confirmAddress(em, options, token));
}

/** A body that is no JSON or too long. */
const answerBadBody: ErrorRequestHandler = (_error, _request, response, _next) => {
  answer(response, 400, "INVALID_INPUT", "Send JSON of at most 8 KB.");
};

/** A refusal is an answer, not a fault, here as in the API: `{ refused }`. */
function send(response: Response, result: object | Refused): void {
  if (!isRefused(result)) {
    response.json(result);
    return;
  }
  const { code, field, message, whoCanGrant } = result;
  response.json({ refused: { code, message, field, whoCanGrant } });
}

function answer(response: Response, status: number, code: string, message: string): void {
  response.status(status).json({ error: { code, message, field: null, whoCanGrant: [] } });
}

/** A browser says where a request comes from; JSON from elsewhere would need a permission that nobody gives. */
function isOwn(request: Request, allowedOrigins: readonly string[]): boolean {
  const origin = request.get("origin");
  return request.is("application/json") !== false && origin !== undefined && allowedOrigins.includes(origin);
}
