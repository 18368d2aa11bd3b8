import { randomUUID } from "node:crypto";
import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import { GraphQLError, type ExecutionArgs, type GraphQLSchema } from "graphql";
import type { ServerOptions } from "graphql-ws";
import { useServer } from "graphql-ws/use/ws";
import { WebSocketServer, type WebSocket } from "ws";
import type { Logger } from "../logging.ts";
import type { Metrics } from "../metrics.ts";
import type { LiveBus } from "../events/live-bus.ts";
import type { SignedIn, SubscriptionContext } from "./context.ts";
import { formatSocketErrors } from "./format-error.ts";
import { maxBodyBytes } from "./limits.ts";
import { OperationPreparer } from "./prepare-operation.ts";
import { RightsWatch } from "./rights-watch.ts";
import { SharedDelivery } from "./shared-delivery.ts";
import { SocketSession } from "./socket-session.ts";
import { subscribeOnSocket, type SubscriptionTarget } from "./subscribe.ts";
import { cutOff } from "./subscriber.ts";
import type { TrustedOperations } from "./trusted-operations.ts";

const maxSubscriptionsPerSocket = 20;
/** A peer that does not read gets this many bytes of backlog and is then cut off; it can resume by sequence. */
const maxBacklogBytes = 1024 * 1024;

export interface SocketOptions<Actor extends SignedIn> {
  httpServer: Server;
  schema: GraphQLSchema;
  logger: Logger;
  metrics?: Metrics;
  bus: LiveBus;
  /** Absent where any operation may be sent. */
  trusted?: TrustedOperations;
  /** Whether connection_init's payload says that the API explorer asks, of somebody who may write operations there. */
  asksFreely: (actor: Actor, payload: Record<string, unknown> | undefined) => boolean;
  /** Origins whose pages may open a socket; a request without an Origin is no browser and may. */
  allowedOrigins: () => readonly string[];
  loadActor: (request: IncomingMessage) => Promise<Actor | null>;
  /** The actors of these sessions by session id, with their roles as they are now; ended sessions are missing. */
  loadActors: (sessionIds: readonly string[]) => Promise<Map<string, Actor>>;
  /** Whether nobody's upgrade request may still say in connection_init who it is. */
  mayIntroduceItself: (request: IncomingMessage) => boolean;
  /** Who connection_init's payload stands for; null for nobody. */
  introduce: (
    request: IncomingMessage,
    payload: Record<string, unknown> | undefined,
  ) => Promise<Actor | null>;
  createContext: (
    actor: Actor,
    refreshActor: () => Promise<Actor | null>,
    requestId: string,
  ) => SubscriptionContext<Actor>;
}

interface Extra extends Record<PropertyKey, unknown> {
  socket: WebSocket;
  request: IncomingMessage;
}

/**
 * Serves subscriptions over graphql-ws on the HTTP server's own port. Closed for those who are not signed in,
 * for other origins, and when the session or the rights end. Returns how to stop it.
 */
export function mountSocket<Actor extends SignedIn>(options: SocketOptions<Actor>): () => Promise<void> {
  const socketServer = new WebSocketServer({
    noServer: true,
    maxPayload: maxBodyBytes,
    perMessageDeflate: false,
  });
  const rights = new RightsWatch<Actor>(options);
  const sessions = new WeakMap<WebSocket, SocketSession<Actor>>();
  const welcome = (socket: WebSocket, actor: Actor): void => {
    const session = new SocketSession(socket, actor, (change) => options.metrics?.subscriptions(change));
    options.metrics?.sockets(1);
    sessions.set(socket, session);
    const unwatch = rights.watch(actor, (changed) => session.changeActor(changed));
    closeAtExpiry(socket, actor.sessionExpiresAt);
    socket.once("close", () => {
      unwatch();
      options.metrics?.sockets(-1);
      session.forgetAll();
    });
  };
  const admit = createDoor(options, socketServer, welcome);
  const onUpgrade = (request: IncomingMessage, stream: Duplex, head: Buffer): void => {
    void admit(request, stream, head).catch((error: unknown) => {
      options.logger.warn({ err: error }, "socket could not be opened");
      stream.destroy();
    });
  };
  options.httpServer.on("upgrade", onUpgrade);
  const cleanup = serveProtocol(options, socketServer, sessions, rights, welcome);
  return async () => {
    options.httpServer.off("upgrade", onUpgrade);
    rights.close();
    await cleanup.dispose();
  };
}

/** Lets in who may open a socket at all, and introduces the socket before its first message. */
function createDoor<Actor extends SignedIn>(
  options: SocketOptions<Actor>,
  socketServer: WebSocketServer,
  welcome: (socket: WebSocket, actor: Actor) => void,
): (request: IncomingMessage, stream: Duplex, head: Buffer) => Promise<void> {
  return async (request, stream, head) => {
    const { origin } = request.headers;
    if (new URL(request.url ?? "/", "http://localhost").pathname !== "/graphql") {
      return refuseUpgrade(stream, "404 Not Found");
    }
    if (origin !== undefined && !options.allowedOrigins().includes(origin)) {
      return refuseUpgrade(stream, "403 Forbidden");
    }
    const actor = await options.loadActor(request);
    if (actor === null && !options.mayIntroduceItself(request)) {
      return refuseUpgrade(stream, "401 Unauthorized");
    }
    socketServer.handleUpgrade(request, stream, head, (socket) => {
      if (actor !== null) {
        welcome(socket, actor);
      }
      socketServer.emit("connection", socket, request);
    });
  };
}

function serveProtocol<Actor extends SignedIn>(
  { schema, logger, createContext, introduce, trusted, asksFreely }: SocketOptions<Actor>,
  socketServer: WebSocketServer,
  sessions: WeakMap<WebSocket, SocketSession<Actor>>,
  rights: RightsWatch<Actor>,
  welcome: (socket: WebSocket, actor: Actor) => void,
): { dispose: () => void | Promise<void> } {
  const operations = new OperationPreparer(schema);
  const delivery = new SharedDelivery(schema, logger);
  const targets = new WeakMap<object, SubscriptionTarget<Actor>>();
  const hooks: ServerOptions<Record<string, unknown>, Extra> = {
    schema,
    async onConnect({ extra: { socket, request }, connectionParams }) {
      if (sessions.has(socket)) {
        return true;
      }
      const actor = await introduce(request, connectionParams);
      if (actor === null) {
        socket.close(4401, "Unauthorized");
        return false;
      }
      welcome(socket, actor);
      return true;
    },
    onSubscribe({ extra, connectionParams }, id, payload) {
      const session = sessions.get(extra.socket);
      if (session === undefined || session.open.size >= maxSubscriptionsPerSocket) {
        return [tooMany()];
      }
      const caller = { ...session.actor, asksFreely: asksFreely(session.actor, connectionParams) };
      const refused = trusted?.refuse(caller, payload.query);
      if (refused != null) {
        return [refused];
      }
      const prepared = operations.prepare(payload.query, payload.operationName);
      if (!("document" in prepared)) {
        return prepared;
      }
      session.begin(id);
      const { sessionId } = session.actor;
      const args: ExecutionArgs = {
        schema,
        document: prepared.document,
        operationName: payload.operationName,
        variableValues: payload.variables,
        contextValue: createContext(session.actor, () => rights.refresh(sessionId), randomUUID()),
      };
      targets.set(args, { session, subscriptionId: id, shape: prepared.shape });
      return args;
    },
    subscribe(args) {
      const target = targets.get(args as ExecutionArgs);
      if (target === undefined) {
        throw new Error("A subscription that was not prepared");
      }
      return subscribeOnSocket(args as ExecutionArgs, target, delivery);
    },
    onNext({ extra }, _id, _payload, _args, result) {
      if (extra.socket.bufferedAmount > maxBacklogBytes) {
        cutOff(extra.socket);
      }
      return result.errors === undefined
        ? result
        : { ...result, errors: formatSocketErrors(result.errors as GraphQLError[], logger) };
    },
    onError(_context, _id, _payload, errors) {
      return formatSocketErrors(errors as GraphQLError[], logger);
    },
    onComplete({ extra }, id) {
      sessions.get(extra.socket)?.forget(id);
    },
  };
  return useServer(hooks, socketServer);
}

function tooMany(): GraphQLError {
  return new GraphQLError(`At most ${maxSubscriptionsPerSocket} subscriptions per connection.`, {
    extensions: { code: "RATE_LIMITED" },
  });
}

/** A timer holds at most 2^31 milliseconds; tokens live longer. */
const longestTimer = 24 * 60 * 60 * 1000;

function closeAtExpiry(socket: WebSocket, expiresAt: Date): void {
  let timer: NodeJS.Timeout;
  const wait = (): void => {
    const left = expiresAt.getTime() - Date.now();
    const end = (): void => socket.close(4401, "Session ended");
    timer = setTimeout(left > longestTimer ? wait : end, Math.max(0, Math.min(left, longestTimer))).unref();
  };
  wait();
  socket.once("close", () => clearTimeout(timer));
}

function refuseUpgrade(stream: Duplex, status: string): void {
  stream.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
