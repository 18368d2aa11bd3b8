import type { IncomingMessage } from "node:http";
import type { NextFunction, Request, RequestHandler, Response } from "express";
import type { Pool } from "pg";
import type { Logger } from "../../platform/logging.ts";
import { createRateLimitStorage, type Actor } from "../sign-in/index.ts";
import { findTokenActor, loadTokenActors } from "./token-door.ts";
import { readBearer } from "./token-text.ts";

/** Wrong tokens per minute and client address, from where on the answer is 429. */
const mostFailures = 30;

/** How requests and sockets get in with an API token. */
export interface TokenAdmission {
  /** Answers 401 to every wrong, expired or revoked token, 429 after many, and remembers the actor of a good one. */
  middleware: RequestHandler;
  /** Whether the request brings a token in its header. */
  isPresented: (request: IncomingMessage) => boolean;
  /** The actor of the token that the request brings; null when it is no good. */
  findActor: (request: IncomingMessage) => Promise<Actor | null>;
  /** Whether the token of this upgrade request may follow in connection_init: for programs, never for pages. */
  mayFollow: (request: IncomingMessage) => boolean;
  /** Takes the token out of connection_init's payload; its actor, or null. */
  introduce: (
    request: IncomingMessage,
    payload: Record<string, unknown> | undefined,
  ) => Promise<Actor | null>;
  /** The actors of tokens let in before, by token id, as the database has them now; ended ones are missing. */
  loadActors: (tokenIds: readonly string[]) => Promise<Map<string, Actor>>;
}

/** Makes the admission over the connections of sign-in. */
export function createTokenAdmission(pool: Pool, logger: Logger): TokenAdmission {
  const limits = createRateLimitStorage(pool);
  // The request that the middleware let in need not look its token up again.
  const admitted = new WeakMap<IncomingMessage, Actor>();
  const secretOf = (request: IncomingMessage): string | null => readBearer(request.headers.authorization);
  const countFailure = (address: string | undefined) =>
    limits.consume(`api-token:${address ?? "unknown"}`, { window: 60, max: mostFailures });

  const admit = async (request: Request, response: Response, next: NextFunction): Promise<void> => {
    const secret = readBearer(request.headers.authorization);
    if (secret === null) {
      next();
      return;
    }
    const actor = await findTokenActor(pool, secret);
    if (actor !== null) {
      admitted.set(request, actor);
      next();
      return;
    }
    const { allowed, retryAfter } = await countFailure(request.ip);
    refuse(request, response, allowed ? null : retryAfter);
  };
  return {
    middleware: (request, response, next) => {
      void admit(request, response, next).catch((error: unknown) => {
        logger.error({ err: error }, "a token could not be looked up");
        response
          .status(500)
          .json({ error: { code: "INTERNAL", message: "Something went wrong on our side." } });
      });
    },
    isPresented: (request) => secretOf(request) !== null,
    async findActor(request) {
      const known = admitted.get(request);
      const secret = secretOf(request);
      if (known !== undefined || secret === null) {
        return known ?? null;
      }
      const actor = await findTokenActor(pool, secret);
      if (actor === null) {
        await countFailure(request.socket.remoteAddress);
      }
      return actor;
    },
    mayFollow: ({ headers }) =>
      headers.origin === undefined && headers.cookie === undefined && headers.authorization === undefined,
    async introduce(request, payload) {
      const secret = readBearer(payload?.authorization ?? payload?.Authorization);
      if (secret === null) {
        return null;
      }
      const actor = await findTokenActor(pool, secret);
      if (actor === null) {
        await countFailure(request.socket.remoteAddress);
      }
      return actor;
    },
    loadActors: (tokenIds) => loadTokenActors(pool, tokenIds),
  };
}

const refusals = {
  401: { code: "UNAUTHENTICATED", message: "This API token is not valid. Make a new one, or sign in." },
  429: { code: "RATE_LIMITED", message: "Too many wrong API tokens from this address. Try again later." },
};

/** The same answer whatever is wrong with the token, in the form that clients of the path read. */
function refuse(request: Request, response: Response, retryAfter: number | null): void {
  const status = retryAfter === null ? 401 : 429;
  const { code, message } = refusals[status];
  response.setHeader("Cache-Control", "no-store");
  if (retryAfter === null) {
    response.setHeader("WWW-Authenticate", 'Bearer realm="rehome", error="invalid_token"');
  } else {
    response.setHeader("Retry-After", String(retryAfter));
  }
  // What is left of a large upload is not worth receiving.
  response.setHeader("Connection", "close");
  response
    .status(status)
    .json(
      request.path === "/graphql"
        ? { errors: [{ message, extensions: { code } }] }
        : { error: { code, message } },
    );
}
