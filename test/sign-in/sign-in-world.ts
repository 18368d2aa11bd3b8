import { randomUUID } from "node:crypto";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import express from "express";
import pg from "pg";
import { canonicalizeEmail } from "../../packages/server/src/modules/directory/canonical-email.ts";
import {
  createAuth,
  createSignIn,
  mountAuth,
  type Auth,
} from "../../packages/server/src/modules/sign-in/index.ts";
import { createSecurityLog } from "../../packages/server/src/modules/security-log/index.ts";
import { createLogger } from "../../packages/server/src/platform/logging.ts";
import { createTestDatabase } from "../kit/database.ts";
import { testServices } from "../kit/services.ts";

export const password = "correct horse battery staple";
export const origin = "http://rehome.test";

/** One database, one server in front of it, and what tests of sign-in do with them. */
export interface SignInWorld {
  pool: pg.Pool;
  auth: Auth;
  addOrganization(): Promise<{ organizationId: string; siteId: string }>;
  addPerson(person?: {
    email?: string;
    name?: string;
  }): Promise<{ accountId: string; userId: string; email: string }>;
  /** A request as a page of the application sends it; headers given here win. */
  send(
    path: string,
    options?: { body?: unknown; cookie?: string; headers?: Record<string, string> },
  ): Promise<Response>;
  /** Signs in and gives the Cookie header to send from then on. */
  signIn(email: string): Promise<string>;
  /** Makes the sessions of the user ones that ended a second ago. */
  expireSessions(userId: string): Promise<void>;
  close(): Promise<void>;
}

export async function openSignInWorld(
  settings: { baseUrl?: string; trustedOrigins?: string[]; signInsPerMinute?: number } = {},
): Promise<SignInWorld> {
  const database = await createTestDatabase();
  const pool = new pg.Pool({ connectionString: database.url, max: 5 });
  // Dropping the database may reach a connection that is still saying goodbye; nobody is left to care.
  pool.on("error", () => {});
  const services = testServices();
  const auth = createAuth({
    pool,
    baseUrl: settings.baseUrl ?? origin,
    secret: "a secret of this test, long enough: 8271",
    trustedOrigins: settings.trustedOrigins ?? [],
    production: false,
    canonicalizeEmail,
    secrets: services.secrets,
    recordSecurityChange: createSecurityLog(services.outbox),
    logger: createLogger("silent"),
    signInsPerMinute: settings.signInsPerMinute ?? 1000,
  });
  const app = express();
  mountAuth(app, auth);
  const server = await listen(app);
  const { port } = server.address() as AddressInfo;

  async function send(path: string, options: Parameters<SignInWorld["send"]>[1] = {}): Promise<Response> {
    const { body, cookie, headers } = options;
    return fetch(`http://127.0.0.1:${port}/api/auth${path}`, {
      method: body === undefined ? "GET" : "POST",
      headers: {
        origin: auth.origin,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...(cookie === undefined ? {} : { cookie }),
        ...headers,
      },
      body: body === undefined ? null : JSON.stringify(body),
    });
  }

  return {
    pool,
    auth,
    send,
    async signIn(email) {
      const response = await send("/sign-in/email", { body: { email, password } });
      if (response.status !== 200) {
        throw new Error(`Sign-in of ${email} answered ${response.status}: ${await response.text()}`);
      }
      return readCookies(response);
    },
    async addOrganization() {
      const organization = await pool.query(
        "insert into organization (name, distribution_list_words, bot_words) values ('Acme', '{}', '{}') returning id",
      );
      const organizationId: string = organization.rows[0].id;
      const site = await pool.query(
        "insert into site (organization_id, name, url_name) values ($1, 'Help', $2) returning id",
        [organizationId, randomUUID()],
      );
      return { organizationId, siteId: site.rows[0].id };
    },
    async addPerson({ email = `${randomUUID()}@example.com`, name = "Dana Murphy" } = {}) {
      const account = await pool.query("insert into account (email, name) values ($1, $2) returning id", [
        email,
        name,
      ]);
      const accountId: string = account.rows[0].id;
      const userId = await createSignIn(pool, { accountId, email, name, password });
      return { accountId, userId, email };
    },
    async expireSessions(userId) {
      await pool.query(
        "update auth_session set expires_at = now() - interval '1 second' where user_id = $1",
        [userId],
      );
    },
    async close() {
      await new Promise((resolve) => server.close(resolve));
      await pool.end();
      await database.drop();
    },
  };
}

/** The cookies of an answer as the next request's Cookie header. */
export function readCookies(response: Response): string {
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");
}

function listen(app: express.Express): Promise<Server> {
  return new Promise((resolve) => {
    const server = app.listen(0, "127.0.0.1", () => resolve(server));
  });
}
