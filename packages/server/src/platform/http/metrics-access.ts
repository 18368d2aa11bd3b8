import { createHash, timingSafeEqual } from "node:crypto";
import type { Request } from "express";
import type { MetricsAccess } from "../metrics.ts";

const loopback = new Set(["127.0.0.1", "::1", "::ffff:127.0.0.1"]);

/**
 * With a token: who brings it as `Authorization: Bearer`. Without one: programs on this machine that come directly;
 * what a proxy on this machine hands on comes from anywhere and is not let in.
 */
export function metricsAccess(token: string | undefined): MetricsAccess {
  return {
    allows(request) {
      return token === undefined ? isDirectAndLocal(request) : bears(request, token);
    },
  };
}

/** Whether a program on this machine asks, and not through a proxy. */
export function isDirectAndLocal({ socket, headers }: Request): boolean {
  const isForwarded = ["x-forwarded-for", "forwarded", "x-real-ip", "via"].some((name) => name in headers);
  return !isForwarded && loopback.has(socket.remoteAddress ?? "");
}

function bears({ headers }: Request, token: string): boolean {
  const given = /^Bearer (.+)$/.exec(headers.authorization ?? "")?.[1] ?? "";
  return timingSafeEqual(digest(given), digest(token));
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
