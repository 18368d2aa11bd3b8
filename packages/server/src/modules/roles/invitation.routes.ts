import express, { type ErrorRequestHandler, type Express, type Request, type Response } from "express";
import { z } from "zod";
import type { EntityManager } from "../../platform/database/orm.ts";
import type { Logger } from "../../platform/logging.ts";
import { isRefused, type Refused } from "../../platform/refusal.ts";
import { PasswordQueueFullError } from "../sign-in/index.ts";
import { AcceptanceService } from "./accept-invitation.ts";
import type { InvitationDeps } from "./invitation-rules.ts";
import { InvitationService } from "./invitation.service.ts";

export interface InvitationRouteOptions extends InvitationDeps {
  fork: () => EntityManager;
  logger: Logger;
  /** Public origins of this application. */
  allowedOrigins: readonly string[];
  /** Counts a request of a client address; how many seconds to wait when there were too many. */
  limit: (key: string, perMinute: number) => Promise<number | null>;
}

const token = z.string().min(1).max(100);
const linkBody = z.object({ token });
const acceptBody = z.object({ token, name: z.string().max(1_000), password: z.string().max(1_000) });

/** Links have 256 random bits, so the limits are about load, not about guessing. */
const showsPerMinute = 60;
const answersPerMinute = 20;

/**
 * What somebody with an invitation's link does before they are signed in: POST /api/invitation shows it,
 * …/accept sets name and password and accepts, …/decline declines. The secret is in the body, never in an address.
 */
export function mountInvitationRoutes(app: Express, options: InvitationRouteOptions): void {
  const invitations = new InvitationService(options);
  const acceptance = new AcceptanceService(options, invitations);
  const route = <Body>(
    path: string,
    schema: z.ZodType<Body>,
    perMinute: number,
    work: (em: EntityManager, body: Body) => Promise<object | Refused>,
  ): void => {
    app.post(path, express.json({ limit: "8kb" }), async (request, response) => {
      response.setHeader("Cache-Control", "no-store");
      if (!isOwn(request, options.allowedOrigins)) {
        answer(response, 403, "FORBIDDEN", "This request does not come from this application's pages.");
        return;
      }
      const seconds = await options.limit(`invitation:${path}:${request.ip ?? ""}`, perMinute);
      if (seconds !== null) {
        response.setHeader("Retry-After", String(seconds));
        answer(response, 429, "RATE_LIMITED", "Too many attempts. Wait a minute, then try again.");
        return;
      }
      const body = schema.safeParse(request.body);
      if (!body.success) {
        answer(response, 400, "INVALID_INPUT", "Send the link's token, and for accepting name and password.");
        return;
      }
      try {
        send(response, await work(options.fork(), body.data));
      } catch (error) {
        if (error instanceof PasswordQueueFullError) {
          answer(response, 503, "BUSY", "Many people are signing in. Try again shortly.");
          return;
        }
        options.logger.error({ err: error }, "an invitation could not be answered");
        answer(response, 500, "INTERNAL", "Something went wrong here. Try again.");
      }
    });
    app.use(path, answerBadBody);
  };
  route("/api/invitation", linkBody, showsPerMinute, (em, body) => acceptance.show(em, body.token));
  route("/api/invitation/accept", acceptBody, answersPerMinute, (em, body) =>
    acceptance.acceptWithPassword(em, body.token, body),
  );
  route("/api/invitation/decline", linkBody, answersPerMinute, (em, body) =>
    acceptance.decline(em, body.token),
  );
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
