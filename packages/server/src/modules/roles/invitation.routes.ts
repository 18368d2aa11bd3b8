import type { Express, Response } from "express";
import { z } from "zod";
import { answerError, mountLinkRoute, type LinkRouteOptions } from "../../platform/http/link-route.ts";
import { PasswordQueueFullError } from "../sign-in/index.ts";
import { AcceptanceService } from "./accept-invitation.ts";
import type { InvitationDeps } from "./invitation-rules.ts";
import { InvitationService } from "./invitation.service.ts";

export interface InvitationRouteOptions extends InvitationDeps, LinkRouteOptions {}

const token = z.string().min(1).max(100);
const linkBody = z.object({ token });
const acceptBody = z.object({ token, name: z.string().max(1_000), password: z.string().max(1_000) });
const answersPerMinute = 20;

/**
 * What somebody with an invitation's link does before they are signed in: POST /api/invitation shows it,
 * …/accept sets name and password and accepts, …/decline declines.
 */
export function mountInvitationRoutes(app: Express, options: InvitationRouteOptions): void {
  const acceptance = new AcceptanceService(options, new InvitationService(options));
  mountLinkRoute(app, options, {
    path: "/api/invitation",
    schema: linkBody,
    wanted: "Send the link's token.",
    perMinute: 60,
    work: (em, body) => acceptance.show(em, body.token),
  });
  mountLinkRoute(app, options, {
    path: "/api/invitation/accept",
    schema: acceptBody,
    wanted: "Send the link's token, name and password.",
    perMinute: answersPerMinute,
    work: (em, body) => acceptance.acceptWithPassword(em, body.token, body),
    answerFailure,
  });
  mountLinkRoute(app, options, {
    path: "/api/invitation/decline",
    schema: linkBody,
    wanted: "Send the link's token.",
    perMinute: answersPerMinute,
    work: (em, body) => acceptance.decline(em, body.token),
  });
}

function answerFailure(error: unknown, response: Response): boolean {
  if (error instanceof PasswordQueueFullError) {
    answerError(response, 503, "BUSY", "Many people are signing in. Try again shortly.");
    return true;
  }
  return false;
}
