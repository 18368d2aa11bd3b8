import type { ApiClient } from "../kit/api-client.ts";
import { admins, everybody, nobody, siteAdmins, sourceChanges, type Who } from "./roles.ts";
import type { Examples } from "./world.ts";

export interface RouteRule {
  may: Who;
  /** Asks for what the examples name; absent for what belongs to no organization, which is asked by its own address. */
  ask?: (client: ApiClient, examples: Examples) => Promise<Response>;
}

const get =
  (write: (examples: Examples) => string): RouteRule["ask"] =>
  (client, examples) =>
    client.fetch(write(examples));

/** Who may ask which route. A new route: one line here. */
export const routeRules: Record<string, RouteRule> = {
  "GET /healthz": { may: everybody },
  "GET /readyz": { may: everybody },
  // Without REHOME_METRICS_TOKEN: whoever is on this machine.
  "GET /metrics": { may: everybody },
  "GET /api/demo-sign-ins": { may: everybody },
  "GET /api/evidence-key": { may: everybody },
  // The mailbox of a development server, which this is not.
  "GET /api/development": { may: everybody },
  "GET /api/development/outbox": { may: nobody },
  "GET /api/development/outbox/changes": { may: nobody },
  "GET /api/development/outbox/:id": { may: nobody },
  // For people who are not signed in; what a link proves is tested in test/recovery and test/roles.
  "GET /api/recovery/contact": { may: everybody },
  "POST /api/recovery/request-password-reset": { may: everybody },
  "POST /api/recovery/send-verification": { may: everybody },
  "POST /api/recovery/proof": { may: everybody },
  "POST /api/recovery/reset-password": { may: everybody },
  "POST /api/recovery/verify-email": { may: everybody },
  "POST /api/recovery/finish-account": { may: everybody },
  "POST /api/recovery/change-email/confirm": { may: everybody },
  "POST /api/recovery/change-email/refuse": { may: everybody },
  // Of the session's own account: it names no other.
  "GET /api/recovery/change-email": { may: everybody },
  "POST /api/recovery/change-email": { may: everybody },
  "POST /api/recovery/change-email/drop": { may: everybody },
  // With the secret of a mailed link: test/product-user.
  "POST /api/bot-address": { may: everybody },
  "POST /api/bot-address/confirm": { may: everybody },
  "POST /api/recovery/close-account": { may: everybody },
  "POST /api/invitation": { may: everybody },
  "POST /api/invitation/accept": { may: everybody },
  "POST /api/invitation/decline": { may: everybody },
  // Signing in has rules of its own: test/sign-in.
  "GET /api/auth/*path": { may: everybody, ask: (client) => client.fetch("/api/auth/get-session") },
  "POST /api/auth/*path": {
    may: everybody,
    ask: (client) => client.fetch("/api/auth/sign-in/email", { method: "POST", body: "{}" }),
  },
  // Its fields are what the rest of the matrix is about.
  "* /graphql": {
    may: everybody,
    ask: (client) =>
      client.fetch("/graphql?query=%7B__typename%7D", { headers: { "apollo-require-preflight": "1" } }),
  },
  "POST /api/imports": {
    may: sourceChanges,
    ask: (client, { sourceSiteId }) =>
      client.upload(String(sourceSiteId), "email,account type\r\na@b.example,portal-only\r\n"),
  },
  "GET /api/imports/:id/rejected.csv": {
    may: siteAdmins,
    ask: get(({ importId }) => `/api/imports/${String(importId)}/rejected.csv`),
  },
  "GET /api/migrations/:id/report.zip": {
    may: siteAdmins,
    ask: get(({ migrationId }) => `/api/migrations/${String(migrationId)}/report.zip`),
  },
  "GET /api/migrations/:id/AccessProof.csv": {
    may: siteAdmins,
    ask: get(({ migrationId }) => `/api/migrations/${String(migrationId)}/AccessProof.csv`),
  },
  "GET /api/migrations/:id/evidence.zip": {
    may: siteAdmins,
    ask: get(({ migrationId }) => `/api/migrations/${String(migrationId)}/evidence.zip`),
  },
  "GET /api/organizations/:id/audit.csv": {
    may: admins,
    ask: get(({ organizationId }) => `/api/organizations/${String(organizationId)}/audit.csv`),
  },
  "GET /api/organizations/:id/audit.jsonl": {
    may: admins,
    ask: get(({ organizationId }) => `/api/organizations/${String(organizationId)}/audit.jsonl`),
  },
};
