import { randomUUID } from "node:crypto";
import { grantWishes } from "../../packages/server/src/modules/recovery/index.ts";
import { createLogger } from "../../packages/server/src/platform/logging.ts";
import { createServices, type Services } from "../../packages/server/src/services.ts";
import { makeAccount } from "../kit/factories.ts";
import { readLetters, secretIn, type OpenedLetter } from "../kit/letters.ts";
import { plantPassword } from "../kit/plant-password.ts";
import { startTestServer, type TestServer } from "../kit/server.ts";
import { makePerson } from "../kit/world.ts";

const masterKey = Buffer.from(Array.from({ length: 32 }, (_, index) => index * 7));
/** A passphrase to set with a link. */
export const freshPassword = "another horse, another battery";

/** An answer of the server, read. */
export interface Answer {
  status: number;
  body: Record<string, unknown>;
}

/** The whole product, its mail opened, and what tests of recovery do with them. */
export interface RecoveryWorld {
  server: TestServer;
  services: Services;
  /** POSTs as a page of the application does; headers given here win. */
  post(
    path: string,
    body: unknown,
    options?: { cookie?: string; headers?: Record<string, string> },
  ): Promise<Answer>;
  letters(email: string): Promise<OpenedLetter[]>;
  /** Asks at the sign-in page and waits until it is dealt with. */
  ask(wish: "request-password-reset" | "send-verification", email: string): Promise<void>;
  /** Asks, and gives the secret of the newest mail. */
  askForLink(wish: "request-password-reset" | "send-verification", email: string): Promise<string>;
  /** Somebody proven, with a password. */
  person(email?: string): Promise<{ id: string; email: string }>;
  /** An account that nobody has proven. */
  unproven(email?: string): Promise<{ id: string; email: string }>;
  /** As whoever got at the tables, or an older program: a password on an account that nobody has proven. */
  plantPassword(account: { id: string }): Promise<string>;
  signIn(email: string, password: string): Promise<Answer & { cookie: string }>;
  /** Who the cookie stands for; null for nobody. */
  whoIs(cookie: string): Promise<string | null>;
  stop(): Promise<void>;
}

export async function openRecoveryWorld(environment: Record<string, string> = {}): Promise<RecoveryWorld> {
  const server = await startTestServer({
    REHOME_MASTER_KEY: masterKey.toString("base64"),
    REHOME_SUPPORT_CONTACT: "help@rehome.example",
    ...environment,
  });
  const services = createServices({ masterKey, baseUrl: server.url, supportContact: "help@rehome.example" });
  const { pool } = server;

  async function post(
    path: string,
    body: unknown,
    { cookie, headers }: { cookie?: string; headers?: Record<string, string> } = {},
  ): Promise<Answer> {
    const response = await fetch(`${server.url}${path}`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        origin: server.url,
        ...(cookie === undefined ? {} : { cookie }),
        ...headers,
      },
      body: JSON.stringify(body),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  }
  const letters = (email: string) => readLetters(pool, services.secrets, email);
  const ask: RecoveryWorld["ask"] = async (wish, email) => {
    const { status } = await post(`/api/recovery/${wish}`, { email });
    if (status !== 202) {
      throw new Error(`Asking answered ${status}`);
    }
    await untilGranted(server, services);
  };
  const unproven: RecoveryWorld["unproven"] = (email = `${randomUUID()}@example.com`) =>
    makeAccount(server.database.orm.em.fork(), { email });

  return {
    server,
    services,
    post,
    letters,
    ask,
    unproven,
    async askForLink(wish, email) {
      await ask(wish, email);
      return secretIn((await letters(email)).at(-1));
    },
    async person(email = `${randomUUID()}@example.com`) {
      return { id: await makePerson(server, email), email };
    },
    plantPassword: ({ id }) => plantPassword(server, id),
    async signIn(email, password) {
      const response = await fetch(`${server.url}/api/auth/sign-in/email`, {
        method: "POST",
        headers: { "content-type": "application/json", origin: server.url },
        body: JSON.stringify({ email, password }),
      });
      return {
        status: response.status,
        body: (await response.json()) as Record<string, unknown>,
        cookie: response.headers
          .getSetCookie()
          .map((cookie) => cookie.split(";")[0])
          .join("; "),
      };
    },
    async whoIs(cookie) {
      const response = await fetch(`${server.url}/api/auth/get-session`, { headers: { cookie } });
      const session = (await response.json()) as { user?: { email: string } } | null;
      return session?.user?.email ?? null;
    },
    stop: () => server.stop(),
  };
}

/** The server grants wishes by itself, every second; this is sooner, and waits for what the server is at. */
async function untilGranted(server: TestServer, { outbox }: Services): Promise<void> {
  const logger = createLogger("silent");
  const isLeft = async (): Promise<boolean> => {
    // Waits for the rows that the server holds.
    const { rows } = await server.pool.query("select id from recovery_wish for update");
    return rows.length > 0;
  };
  do {
    await grantWishes({ pool: server.pool, outbox, logger });
  } while (await isLeft());
}
