import type { Feeds } from "../events/feed.ts";
import type { Logger } from "../logging.ts";
import type { EntityManager } from "../database/orm.ts";

/** Who is asking, as far as the platform needs to know; modules know the full actor. */
export interface SignedIn {
  accountId: string;
  sessionId: string;
  sessionExpiresAt: Date;
  /** Absent for a person in a session; a token that may not change anything is refused every mutation. */
  token?: { mayChange: boolean };
  /** Whether this request comes from the API explorer, of somebody who may write operations there. */
  asksFreely?: boolean;
}

/** What every resolver gets: an EntityManager of its own, the actor (null when nobody is signed in) and the request id. */
export interface RequestContext<Actor extends SignedIn = SignedIn> {
  em: EntityManager;
  actor: Actor | null;
  requestId: string;
  /** Per-request batch loaders, made on first use by `loader()`. */
  loaders: Map<string, unknown>;
}

/** What subscriptions get on top: a fresh EntityManager per read, this node's feeds, and the actor as the database has it now. */
export interface SubscriptionContext<Actor extends SignedIn = SignedIn> extends RequestContext<Actor> {
  fork: () => EntityManager;
  feeds: Feeds;
  logger: Logger;
  /** Null when the session ended; roles as they are now. */
  refreshActor: () => Promise<Actor | null>;
}
