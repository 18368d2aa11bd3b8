import { randomUUID } from "node:crypto";
import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import {
  getOperationAST,
  GraphQLError,
  parse,
  specifiedRules,
  validate,
  type ExecutionArgs,
  type GraphQLSchema,
} from "graphql";
import { useServer } from "graphql-ws/use/ws";
import { WebSocketServer, type WebSocket } from "ws";
import type { Logger } from "../logging.ts";
import type { Metrics } from "../metrics.ts";
import type { SignedIn, SubscriptionContext } from "./context.ts";
import { formatSocketErrors } from "./format-error.ts";
import { limitOperations, maxBodyBytes, maxTokens } from "./limits.ts";

const maxSubscriptionsPerSocket = 20;
/** A peer that does not read gets this many bytes of backlog and is then cut off; it can resume by sequence. */
const maxBacklogBytes = 4 * 1024 * 1024;

export interface SocketOptions<Actor extends SignedIn> {
  httpServer: Server;
  schema: GraphQLSchema;
  logger: Logger;
  metrics?: Metrics;
  /** Origins whose pages may open a socket; a request without an Origin is no browser and may. */
  allowedOrigins: () => readonly string[];
  loadActor: (request: IncomingMessage) => Promise<Actor | null>;
  /** Whether nobody's upgrade request may still say in connection_init who it is. */
  mayIntroduceItself: (request: IncomingMessage) => boolean;
  /** Who connection_init's payload stands for; null for nobody. */
  introduce: (
    request: IncomingMessage,
    payload: Record<string, unknown> | undefined,
  ) => Promise<Actor | null>;
  /** Who was let in before, as the database has them now; null when what let them in has ended. */
  refreshActor: (actor: Actor, request: IncomingMessage) => Promise<Actor | null>;
  /** Calls back whenever what lets the actor in may have ended. Returns how to stop. */
  watchActor: (actor: Actor, onChange: () => void) => () => void;
  createContext: (actor: Actor, request: IncomingMessage, requestId: string) => SubscriptionContext<Actor>;
}

interface Extra extends Record<PropertyKey, unknown> {
  socket: WebSocket;
  request: IncomingMessage;
}

/**
 * Serves subscriptions over graphql-ws on the HTTP server's own port. Closed for those who are not signed in,
 * for other origins, and at the end of the session. Returns how to stop it.
 */
export function mountSocket<Actor extends SignedIn>(options: SocketOptions<Actor>): () => Promise<void> {
  const { httpServer, schema, logger } = options;
  const socketServer = new WebSocketServer({
    noServer: true,
    maxPayload: maxBodyBytes,
    perMessageDeflate: false,
  });
  const actors = new WeakMap<IncomingMessage, Actor>();
  const running = new WeakMap<WebSocket, Set<string>>();

  const onUpgrade = (request: IncomingMessage, stream: Duplex, head: Buffer): void => {
    void admit(request, stream, head).catch((error: unknown) => {
      logger.warn({ err: error }, "socket could not be opened");
      stream.destroy();
    });
  };
  const admit = async (request: IncomingMessage, stream: Duplex, head: Buffer): Promise<void> => {
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
        actors.set(request, actor);
        closeWhenOver(socket, request, actor, options);
      }
      socketServer.emit("connection", socket, request);
    });
  };
  httpServer.on("upgrade", onUpgrade);
  const streaming = new WeakMap<WebSocket, Set<string>>();
  socketServer.on("connection", (socket) => {
    options.metrics?.sockets(1);
    const own = new Set<string>();
    streaming.set(socket, own);
    socket.once("close", () => {
      options.metrics?.sockets(-1);
      options.metrics?.subscriptions(-own.size);
      own.clear();
    });
  });

  const cleanup = useServer<Record<string, unknown>, Extra>(
    {
      schema,
      async onConnect({ extra: { socket, request }, connectionParams }) {
        if (actors.has(request)) {
          return true;
        }
        const actor = await options.introduce(request, connectionParams);
        if (actor === null) {
          socket.close(4401, "Unauthorized");
          return false;
        }
        actors.set(request, actor);
        closeWhenOver(socket, request, actor, options);
        return true;
      },
      onSubscribe(context, id, payload) {
        const { socket, request } = context.extra;
        const actor = actors.get(request);
        const open = running.get(socket) ?? new Set();
        running.set(socket, open.add(id));
        if (actor === undefined || open.size > maxSubscriptionsPerSocket) {
          return [
            new GraphQLError(`At most ${maxSubscriptionsPerSocket} subscriptions per connection.`, {
              extensions: { code: "RATE_LIMITED" },
            }),
          ];
        }
        if (socket.bufferedAmount > maxBacklogBytes) {
          socket.close(4408, "Reads too slowly");
        }
        const prepared = prepare(schema, payload, options.createContext(actor, request, randomUUID()));
        if (!Array.isArray(prepared)) {
          streaming.get(socket)?.add(id);
          options.metrics?.subscriptions(1);
        }
        return prepared;
      },
      onNext({ extra }, _id, _payload, _args, result) {
        if (extra.socket.bufferedAmount > maxBacklogBytes) {
          extra.socket.close(4408, "Reads too slowly");
        }
        return result.errors === undefined
          ? result
          : { ...result, errors: formatSocketErrors(result.errors as GraphQLError[], logger) };
      },
      onError(_context, _id, _payload, errors) {
        return formatSocketErrors(errors as GraphQLError[], logger);
      },
      onComplete({ extra }, id) {
        running.get(extra.socket)?.delete(id);
        if (streaming.get(extra.socket)?.delete(id) === true) {
          options.metrics?.subscriptions(-1);
        }
      },
    },
    socketServer,
  );
  return async () => {
    httpServer.off("upgrade", onUpgrade);
    await cleanup.dispose();
  };
}

/** Parses and validates as HTTP does, so that a wrong operation is an answer and not a closed socket. */
function prepare(
  schema: GraphQLSchema,
  payload: { query: string; operationName?: string | null; variables?: Record<string, unknown> | null },
  contextValue: unknown,
): ExecutionArgs | readonly GraphQLError[] {
  try {
    const document = parse(payload.query, { maxTokens });
    const errors = validate(schema, document, [...specifiedRules, limitOperations]);
    if (errors.length > 0) {
      return errors;
    }
    if (getOperationAST(document, payload.operationName)?.operation !== "subscription") {
      return [
        new GraphQLError("Only subscriptions are served here; send queries and mutations over HTTP.", {
          extensions: { code: "BAD_INPUT" },
        }),
      ];
    }
    return {
      schema,
      document,
      operationName: payload.operationName,
      variableValues: payload.variables,
      contextValue,
    };
  } catch (error) {
    return [error instanceof GraphQLError ? error : new GraphQLError("This operation cannot be read.")];
  }
}

/** A timer holds at most 2^31 milliseconds; tokens live longer. */
const longestTimer = 24 * 60 * 60 * 1000;

/** Closes the socket when the session or token expires, and soon after it was ended. */
function closeWhenOver<Actor extends SignedIn>(
  socket: WebSocket,
  request: IncomingMessage,
  actor: Actor,
  { refreshActor, watchActor, logger }: SocketOptions<Actor>,
): void {
  const expiresAt = actor.sessionExpiresAt.getTime();
  const end = (): void => socket.close(4401, "Session ended");
  let timer: NodeJS.Timeout;
  const wait = (): void => {
    const left = expiresAt - Date.now();
    timer = setTimeout(left > longestTimer ? wait : end, Math.max(0, Math.min(left, longestTimer))).unref();
  };
  wait();
  const unwatch = watchActor(actor, () => {
    // A database that does not answer ends nobody's session; every stream asks again by itself.
    refreshActor(actor, request)
      .then((now) => now === null && end())
      .catch((error: unknown) => logger.warn({ err: error }, "a socket's session could not be looked up"));
  });
  socket.once("close", () => {
    clearTimeout(timer);
    unwatch();
  });
}

function refuseUpgrade(stream: Duplex, status: string): void {
  stream.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
