import { betterAuth, type BetterAuthOptions } from "better-auth";
import { APIError, createAuthMiddleware } from "better-auth/api";
import { getAdapter } from "better-auth/db/adapter";
import type { Pool } from "pg";
import type { Logger } from "../../platform/logging.ts";
import type { SecretBox } from "../../platform/secrets/secret-box.ts";
import { createAuthEndpoints } from "./auth-endpoints.ts";
import { authPath, clientAddressHeader } from "./auth-path.ts";
import { authTables } from "./auth-tables.ts";
import { runnerOnPool } from "../../platform/database/pool-transaction.ts";
import { findPasskeyPlace } from "./passkey/passkey-place.ts";
import { hashPassword, verifyPassword } from "./password/password-hash.ts";
import { PasswordQueueFullError } from "./password/password-queue.ts";
import { openPaths, pathLimits } from "./open-paths.ts";
import { readSessionCookie } from "./read-session-cookie.ts";
import { createRateLimitStorage } from "./rate-limit.ts";
import type { RecordSecurityChange } from "./security-change.ts";
import { hashSessionTokens } from "./session-token-adapter.ts";
import type { CanonicalizeEmail } from "./sign-in-parts.ts";

const sevenDays = 7 * 24 * 60 * 60;
const minSecretLength = 32;

/** What sign-in needs to know. */
export interface AuthOptions {
  /** Stays the caller's: it is not closed here. */
  pool: Pool;
  /** Public address such as `https://rehome.example.com`; its scheme decides whether cookies are Secure. */
  baseUrl: string;
  /** Signs the cookies; 32 characters at least. Changing it signs everybody out. */
  secret: string;
  /** Further origins whose pages may sign in, such as `http://localhost:4000`. */
  trustedOrigins?: string[];
  production: boolean;
  canonicalizeEmail: CanonicalizeEmail;
  /** Seals what must be read again: the secrets of authenticator apps. */
  secrets: SecretBox;
  /** Told of every change to how somebody signs in, in its transaction. */
  recordSecurityChange: RecordSecurityChange;
  /** Sign-ins per minute and client address; 30 unless told. */
  signInsPerMinute?: number;
  /** Where refused origins and failures are told; standard error without one. */
  logger?: Logger;
}

/** Sign-in as the rest of the server sees it. */
export interface Auth {
  /** The origin of the base URL, without a path. */
  readonly origin: string;
  /** Answers a request under /api/auth; its URL must be on `origin`. */
  handle(request: Request): Promise<Response>;
  /** The session token in a Cookie header that we signed; null without one. Whether it lets in is the database's to say. */
  readToken(cookie: string): Promise<string | null>;
}

/**
 * Makes sign-in with email and password over better-auth, kept narrow (ADR 0007): no public sign-up, no linking,
 * no cookie cache, sessions that end seven days after sign-in however much they are used.
 * @throws Error when the secret is too weak to sign cookies with
 */
export function createAuth(options: AuthOptions): Auth {
  requireStrongSecret(options.secret, options.production);
  const origin = new URL(options.baseUrl).origin;
  const library = createLibrary(options, origin);
  return {
    origin,
    async handle(request) {
      const { pathname } = new URL(request.url);
      if (!pathname.startsWith(authPath) || !openPaths.has(pathname.slice(authPath.length))) {
        return Response.json({ code: "NOT_FOUND", message: "There is nothing here." }, { status: 404 });
      }
      return nameRetryAfter(await library.handler(request));
    },
    async readToken(cookie) {
      const { authCookies, secret } = await library.$context;
      return readSessionCookie(cookie, authCookies.sessionToken.name, secret);
    },
  };
}

function createLibrary(options: AuthOptions, origin: string) {
  return betterAuth({
    appName: "Rehome",
    baseURL: origin,
    basePath: authPath,
    // Given as a list of one, because BETTER_AUTH_SECRETS in the environment would win over `secret`.
    secrets: [{ version: 1, value: options.secret }],
    trustedOrigins: options.trustedOrigins ?? [],
    database: (library: BetterAuthOptions) =>
      hashSessionTokens(getAdapter({ ...library, database: options.pool })),
    ...authTables,
    session: {
      ...authTables.session,
      expiresIn: sevenDays,
      disableSessionRefresh: true,
      cookieCache: { enabled: false },
      // Sessions do not renew themselves, so their age says nothing about who sits there; lists need none.
      freshAge: 0,
    },
    account: { ...authTables.account, accountLinking: { enabled: false, disableImplicitLinking: true } },
    emailAndPassword,
    plugins: [
      createAuthEndpoints({
        pool: options.pool,
        runner: runnerOnPool(options.pool),
        canonicalizeEmail: options.canonicalizeEmail,
        secrets: options.secrets,
        record: options.recordSecurityChange,
        passkeyPlace: findPasskeyPlace(origin),
      }),
    ],
    hooks: { after: withholdTokens },
    rateLimit: createRateLimit(options),
    advanced: {
      cookiePrefix: "rehome",
      useSecureCookies: origin.startsWith("https://"),
      defaultCookieAttributes: { httpOnly: true, sameSite: "lax" },
      // Said aloud: the library leaves the origin check out when NODE_ENV is "test".
      disableOriginCheck: false,
      disableCSRFCheck: false,
      ipAddress: { ipAddressHeaders: [clientAddressHeader] },
      database: { generateId: "uuid", validateSchema: false },
    },
    telemetry: { enabled: false },
    logger: createLibraryLogger(options.logger),
    onAPIError: { onError: tellFailure },
  });
}

const emailAndPassword: BetterAuthOptions["emailAndPassword"] = {
  enabled: true,
  disableSignUp: true,
  autoSignIn: false,
  revokeSessionsOnPasswordReset: true,
  password: {
    hash: (password) => answerWhenBusy(hashPassword(password)),
    verify: (pair) => answerWhenBusy(verifyPassword(pair)),
  },
};

function createRateLimit({ pool, signInsPerMinute = 30 }: AuthOptions): BetterAuthOptions["rateLimit"] {
  return {
    enabled: true,
    window: 60,
    max: 300,
    customRules: pathLimits(signInsPerMinute),
    customStorage: createRateLimitStorage(pool),
  };
}

/** Without this the library tells every refused request on the console, past its own logger. */
function tellFailure(
  error: unknown,
  { logger }: { logger: { error(message: string, error: unknown): void } },
): void {
  // The library has this class twice; what refuses a request names its status in both.
  const { statusCode } = error as { statusCode?: unknown };
  if (typeof statusCode !== "number" || statusCode >= 500) {
    logger.error("A sign-in request failed.", error);
  }
}

/** Errors only: a warning is one line per wrong password, which any stranger can cause at will. */
function createLibraryLogger(logger: Logger | undefined): NonNullable<BetterAuthOptions["logger"]> {
  if (logger === undefined) {
    return { level: "error" };
  }
  return {
    level: "error",
    log(_level, message, ...details: unknown[]) {
      logger.error({ err: details.find((detail) => detail instanceof Error) }, message);
    },
  };
}

function requireStrongSecret(secret: string, production: boolean): void {
  if (secret.length < minSecretLength) {
    throw new Error(`The secret for sign-in needs at least ${minSecretLength} characters.`);
  }
  if (production && new Set(secret).size < 10) {
    throw new Error("The secret for sign-in repeats too few characters. Use a random one.");
  }
}

/** The cookie is out of reach of scripts; a copy of its token in a body would not be. */
const withholdTokens = createAuthMiddleware(async (ctx) => {
  const { returned } = ctx.context;
  if (ctx.path === "/get-session" && isRecord(returned) && isRecord(returned.session)) {
    const { token: _token, ...session } = returned.session;
    return ctx.json({ ...returned, session });
  }
});

async function answerWhenBusy<T>(check: Promise<T>): Promise<T> {
  try {
    return await check;
  } catch (error) {
    if (error instanceof PasswordQueueFullError) {
      throw new APIError("SERVICE_UNAVAILABLE", {
        code: "BUSY",
        message: "Many people are signing in. Try again shortly.",
      });
    }
    throw error;
  }
}

/** The library names the wait in a header of its own; clients and proxies know this one. */
function nameRetryAfter(response: Response): Response {
  const seconds = response.headers.get("x-retry-after");
  if (seconds !== null) {
    response.headers.set("retry-after", seconds);
  }
  return response;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !(value instanceof Error);
}
