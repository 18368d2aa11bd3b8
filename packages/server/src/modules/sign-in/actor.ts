import type { IncomingHttpHeaders } from "node:http";
import type { Pool, PoolClient } from "pg";
import type { Auth } from "./create-auth.ts";
import type { Grant } from "./grant.ts";
import { hashSessionToken } from "./session-token-adapter.ts";
import { findSessionActorStatement } from "./sql/find-session-actor.ts";
import { loadSessionActorsStatement, type SessionActorRow } from "./sql/load-session-actors.ts";

/** The API token an actor asks through, and how it narrows the account's rights. */
export interface ActorToken {
  id: string;
  /** Whether mutations and uploads are open to it. */
  mayChange: boolean;
  /** The one organization it works in; null for every one of the account's. */
  organizationId: string | null;
}

/** Who is asking: an account, the session or token it asks through, and every role that holds there. Ids are UUIDs. */
export interface Actor {
  accountId: string;
  email: string;
  name: string;
  /** Id of the session, or of the token. */
  sessionId: string;
  sessionExpiresAt: Date;
  grants: Grant[];
  /** Absent for a person in a session. */
  token?: ActorToken;
}

/** Woken when something that lets the account in has ended: who holds a socket of it looks again. */
export function accountTopic(accountId: string): string {
  return `account:${accountId}`;
}

/**
 * Finds out who sends these headers, for HTTP requests and for the upgrade request of a websocket.
 * Only the Cookie header is read. Sessions and roles come from the database on every call, so what was ended or
 * taken away a moment ago is gone.
 * @returns null when nobody is signed in
 */
export async function loadActor(
  auth: Auth,
  querier: Pool | PoolClient,
  headers: Headers | IncomingHttpHeaders,
): Promise<Actor | null> {
  const cookie = headers instanceof Headers ? headers.get("cookie") : headers.cookie;
  if (cookie === null || cookie === undefined) {
    return null;
  }
  const token = await auth.readToken(cookie);
  if (token === null) {
    return null;
  }
  const { rows } = await querier.query<SessionActorRow>(findSessionActorStatement.text, [
    hashSessionToken(token),
  ]);
  const [row] = rows;
  return row === undefined ? null : toActor(row);
}

/**
 * Who these sessions belong to and what they may do now, by session id, in one statement however many there are.
 * Sessions that ended or expired are missing.
 */
export async function loadActors(
  querier: Pool | PoolClient,
  sessionIds: readonly string[],
): Promise<Map<string, Actor>> {
  const { rows } = await querier.query<SessionActorRow>(loadSessionActorsStatement.text, [sessionIds]);
  return new Map(rows.map((row) => [row.session_id, toActor(row)]));
}

function toActor(row: SessionActorRow): Actor {
  return {
    accountId: row.account_id,
    email: row.email,
    name: row.name,
    sessionId: row.session_id,
    sessionExpiresAt: row.expires_at,
    grants: row.grants,
  };
}
