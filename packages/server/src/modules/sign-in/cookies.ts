import type { setSessionCookie } from "better-auth/cookies";
import { hashSecret } from "./cookie-secret.ts";

/** What better-auth gives to an endpoint. */
export type EndpointContext = Parameters<typeof setSessionCookie>[0];

const fiveMinutes = 5 * 60;
const thirtyDays = 30 * 24 * 60 * 60;

/** The sign-in between its two steps; it is no session and opens nothing else. */
export const pendingCookie = { name: "two_step", maxAge: fiveMinutes };
/** A browser that is not asked for the second step. */
export const deviceCookie = { name: "remembered_device", maxAge: thirtyDays };

interface OurCookie {
  name: string;
  maxAge: number;
}

/** The hash of the secret that the browser sent; null without one. */
export function readSecretHash(ctx: EndpointContext, cookie: OurCookie): Buffer | null {
  const secret = ctx.getCookie(ctx.context.createAuthCookie(cookie.name).name);
  return secret === null || secret === undefined || secret === "" ? null : hashSecret(secret);
}

/** Gives the browser a secret to keep: httpOnly, SameSite=Lax, and Secure over https. */
export function setSecretCookie(ctx: EndpointContext, cookie: OurCookie, secret: string): void {
  const { name, attributes } = ctx.context.createAuthCookie(cookie.name, { maxAge: cookie.maxAge });
  ctx.setCookie(name, secret, attributes);
}

/** Takes the cookie away. */
export function dropSecretCookie(ctx: EndpointContext, cookie: OurCookie): void {
  const { name, attributes } = ctx.context.createAuthCookie(cookie.name, { maxAge: 0 });
  ctx.setCookie(name, "", attributes);
}
