import { json, type ErrorRequestHandler, type Request, type RequestHandler, type Response } from "express";
import { z } from "zod";
import { PasswordQueueFullError, type RateLimitStorage } from "../sign-in/index.ts";
import { RecoveryFault } from "./recovery-fault.ts";
import type { RecoveryParts } from "./recovery-parts.ts";

const bodyLimit = "16kb";

/** Answers of these routes are never kept anywhere, and requests come from our own pages. */
export function guard({ allowedOrigins }: RecoveryParts): RequestHandler[] {
  return [
    (_request, response, next) => {
      response.set("cache-control", "no-store");
      next();
    },
    (request, response, next) => {
      // Browsers send Origin with every POST; a page of another site cannot pretend to come from here.
      const isRead = request.method === "GET" || request.method === "HEAD";
      if (isRead || allowedOrigins.includes(request.get("origin") ?? "")) {
        next();
      } else {
        sendFault(
          response,
          new RecoveryFault(
            "FORBIDDEN",
            "This request does not come from this application's pages. Programs send their Origin header.",
          ),
        );
      }
    },
    json({ limit: bodyLimit }),
  ];
}

/** What express says of a body that is no JSON, or too large, in the form of every other answer. */
export const refuseBody: ErrorRequestHandler = (error, _request, response, next) => {
  const { status } = error as { status?: unknown };
  if (status === 400 || status === 413) {
    const message =
      status === 413
        ? "The request is too large."
        : "The request is no JSON. Send an object with its fields.";
    response.status(status).json({ code: "BAD_INPUT", message, field: null, whoCanGrant: [] });
    return;
  }
  next(error);
};

/** Answers with what the work gives; faults become their status, other errors go to the server's own handler. */
export function answer(
  parts: RecoveryParts,
  work: (request: Request) => Promise<unknown>,
  status = 200,
): RequestHandler {
  return async (request, response) => {
    try {
      response.status(status).json(await work(request));
    } catch (error) {
      const fault = toFault(error);
      if (fault === null) {
        parts.logger.error({ err: error }, "a recovery request failed");
        response.status(500).json({
          code: "INTERNAL",
          message: "Something went wrong on the server. Nothing was changed; try again.",
          requestId: response.getHeader("X-Request-Id") ?? null,
        });
        return;
      }
      sendFault(response, fault);
    }
  };
}

/** The body in the given shape; a fault that names the first field that is not. */
export function readBody<Shape extends z.ZodType>(request: Request, shape: Shape): z.infer<Shape> {
  const parsed = shape.safeParse(request.body ?? {});
  if (parsed.success) {
    return parsed.data;
  }
  const [issue] = parsed.error.issues;
  const field = issue?.path.join(".") ?? "";
  throw new RecoveryFault("BAD_INPUT", `${field}: ${issue?.message ?? "is missing"}`, { field });
}

/**
 * Counts the request against its client address, whatever it asks for: a limit per person would let strangers lock
 * people out, and would tell who exists.
 */
export async function limit(
  limits: RateLimitStorage,
  key: string,
  rule: { window: number; max: number },
): Promise<void> {
  const { allowed, retryAfter } = await limits.consume(`recovery:${key}`, rule);
  if (!allowed) {
    throw new RecoveryFault("TOO_MANY", "Too many requests. Wait a moment, then try again.", {
      retryAfter: retryAfter ?? 60,
    });
  }
}

function toFault(error: unknown): RecoveryFault | null {
  if (error instanceof RecoveryFault) {
    return error;
  }
  return error instanceof PasswordQueueFullError
    ? new RecoveryFault("BUSY", "Many people are signing in. Try again shortly.", { retryAfter: 5 })
    : null;
}

function sendFault(response: Response, fault: RecoveryFault): void {
  if (fault.retryAfter !== null) {
    response.set("retry-after", String(fault.retryAfter));
  }
  const { code, message, field, whoCanGrant } = fault;
  response.status(fault.status).json({ code, message, field, whoCanGrant });
}
