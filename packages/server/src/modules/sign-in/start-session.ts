import { randomBytes } from "node:crypto";
import { setSessionCookie } from "better-auth/cookies";
import type { StatementRunner } from "../../platform/database/statement.ts";
import { clientAddressHeader } from "./auth-path.ts";
import type { EndpointContext } from "./cookies.ts";
import { hashSessionToken } from "./session-token-adapter.ts";
import type { PersonRow } from "./sql/lock-person.ts";
import { replaceSessionTokenStatement } from "./sql/replace-session-token.ts";
import { startSessionStatement, type StartedSessionRow } from "./sql/start-session.ts";

const tokenBytes = 24;
const daysRemembered = 7;
const daysForgotten = 1;

/** A session in the database and the token that only the browser will have. */
export interface StartedSession {
  token: string;
  /** Undefined: as the browser was told at its sign-in. */
  remember: boolean | undefined;
  row: StartedSessionRow;
}

/** Begins a session in the caller's transaction, which holds the person's lock. Nobody is signed in before it commits. */
export async function startSession(
  tx: StatementRunner,
  ctx: EndpointContext,
  userId: string,
  remember: boolean,
): Promise<StartedSession> {
  const token = makeToken();
  const [row] = await startSessionStatement.run(tx, [
    userId,
    hashSessionToken(token),
    remember ? daysRemembered : daysForgotten,
    ctx.headers?.get(clientAddressHeader) ?? "",
    ctx.headers?.get("user-agent") ?? "",
  ]);
  if (row === undefined) {
    throw new Error("The new session was not returned");
  }
  return { token, remember, row };
}

/** Gives a session a new token, so that a copy of its cookie is worth nothing. */
export async function renewSession(tx: StatementRunner, sessionId: string): Promise<StartedSession | null> {
  const token = makeToken();
  const [row] = await replaceSessionTokenStatement.run(tx, [sessionId, hashSessionToken(token)]);
  return row === undefined ? null : { token, remember: undefined, row };
}

/** Hands the session to the browser, once it is committed. What pages learn of it never holds the token. */
export async function giveSession(
  ctx: EndpointContext,
  person: PersonRow,
  { token, remember, row }: StartedSession,
): Promise<{ user: { email: string; name: string }; expiresAt: Date }> {
  const { created_at: createdAt, expires_at: expiresAt, id } = row;
  const session = { id, token, userId: person.user_id, createdAt, updatedAt: createdAt, expiresAt };
  const user = {
    id: person.user_id,
    email: person.email,
    name: person.name,
    emailVerified: false,
    createdAt: person.created_at,
    updatedAt: person.created_at,
  };
  await setSessionCookie(ctx, { session, user }, remember === undefined ? undefined : !remember);
  return { user: { email: person.email, name: person.name }, expiresAt };
}

function makeToken(): string {
  return randomBytes(tokenBytes).toString("base64url");
}
