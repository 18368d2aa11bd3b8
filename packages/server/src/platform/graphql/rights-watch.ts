import type { LiveBus } from "../events/live-bus.ts";
import type { Logger } from "../logging.ts";
import type { SignedIn } from "./context.ts";

/** Milliseconds between two looks at everybody's session and roles, should a notification be lost. */
const recheckEvery = 3_000;
/** Sessions looked up by one statement. */
const sessionsAtOnce = 500;

/** The topic that says: look at everybody's rights. */
export const everybodyTopic = "rights";

export interface RightsWatchOptions<Actor> {
  bus: LiveBus;
  logger: Logger;
  /** The actors of these sessions by session id, with their roles as they are now; ended sessions are missing. */
  loadActors: (sessionIds: readonly string[]) => Promise<Map<string, Actor>>;
}

/** A session with open sockets on this node. */
interface WatchedSession<Actor> {
  actor: Actor;
  listeners: Set<(actor: Actor | null) => void>;
  unwatch: (() => void)[];
}

/**
 * Knows for each session with an open socket who it belongs to and what they may do: told by the database the moment
 * a session or role ends on any node, and looked up every few seconds besides.
 */
export class RightsWatch<Actor extends SignedIn> {
  readonly #options: RightsWatchOptions<Actor>;
  readonly #sessions = new Map<string, WatchedSession<Actor>>();
  readonly #unwatchEverybody: () => void;
  readonly #timer: NodeJS.Timeout;
  /** Sessions to look up in the next turn of the event loop, together. */
  #due = new Set<string>();
  #nextLook: Promise<Map<string, Actor>> | undefined;
  #loading: Promise<unknown> = Promise.resolve();

  constructor(options: RightsWatchOptions<Actor>) {
    this.#options = options;
    const lookAtAll = (): void => void this.#recheck([...this.#sessions.keys()]);
    this.#unwatchEverybody = options.bus.watch(everybodyTopic, lookAtAll);
    this.#timer = setInterval(lookAtAll, recheckEvery);
    this.#timer.unref();
  }

  /** The actor as last seen; undefined for a session that nobody watches. */
  actorOf(sessionId: string): Actor | undefined {
    return this.#sessions.get(sessionId)?.actor;
  }

  /** Tells each change of the session's actor, and null when the session has ended. */
  watch(actor: Actor, onChange: (actor: Actor | null) => void): () => void {
    const { sessionId, accountId } = actor;
    let session = this.#sessions.get(sessionId);
    if (session === undefined) {
      const look = (): void => void this.#recheck([sessionId]);
      const { bus } = this.#options;
      session = {
        actor,
        listeners: new Set(),
        unwatch: [`session:${sessionId}`, `account:${accountId}`].map((topic) => bus.watch(topic, look)),
      };
      this.#sessions.set(sessionId, session);
    }
    const watched = session;
    watched.listeners.add(onChange);
    return () => {
      watched.listeners.delete(onChange);
      if (watched.listeners.size === 0 && this.#sessions.get(sessionId) === watched) {
        this.#sessions.delete(sessionId);
        watched.unwatch.forEach((stop) => stop());
      }
    };
  }

  /** The session's actor as the database has it now; null when the session has ended. */
  async refresh(sessionId: string): Promise<Actor | null> {
    return (await this.#look(sessionId)).get(sessionId) ?? null;
  }

  close(): void {
    clearInterval(this.#timer);
    this.#unwatchEverybody();
  }

  async #recheck(sessionIds: readonly string[]): Promise<void> {
    try {
      await Promise.all(sessionIds.map((sessionId) => this.#look(sessionId)));
    } catch (error) {
      // While the database is away nothing new is sent either; the next look decides.
      this.#options.logger.warn({ err: error }, "rights could not be looked up, trying again");
    }
  }

  /** Everything asked for within one turn of the event loop is looked up together. */
  #look(sessionId: string): Promise<Map<string, Actor>> {
    this.#due.add(sessionId);
    this.#nextLook ??= new Promise((resolve, reject) => {
      setImmediate(() => {
        const due = [...this.#due];
        this.#due = new Set();
        this.#nextLook = undefined;
        // One after the other: an older answer must never come after a newer one.
        const loading = this.#loading.then(() => this.#load(due));
        this.#loading = loading.catch(() => {});
        loading.then(resolve, reject);
      });
    });
    return this.#nextLook;
  }

  async #load(sessionIds: string[]): Promise<Map<string, Actor>> {
    const found = new Map<string, Actor>();
    for (let index = 0; index < sessionIds.length; index += sessionsAtOnce) {
      const page = sessionIds.slice(index, index + sessionsAtOnce);
      const actors = await this.#options.loadActors(page);
      for (const sessionId of page) {
        const actor = actors.get(sessionId);
        if (actor !== undefined) {
          found.set(sessionId, actor);
        }
        this.#note(sessionId, actor ?? null);
      }
    }
    return found;
  }

  #note(sessionId: string, actor: Actor | null): void {
    const session = this.#sessions.get(sessionId);
    if (session === undefined || JSON.stringify(actor) === JSON.stringify(session.actor)) {
      return;
    }
    session.actor = actor ?? session.actor;
    for (const tell of session.listeners) {
      tell(actor);
    }
  }
}
