import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import {
  GraphQLBoolean,
  GraphQLInt,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLString,
  type GraphQLFieldConfig,
} from "graphql";
import { createClient, type Client } from "graphql-ws";
import WebSocket from "ws";
import { Feeds } from "../../packages/server/src/platform/events/feed.ts";
import type { LiveBus } from "../../packages/server/src/platform/events/live-bus.ts";
import { LogFeed } from "../../packages/server/src/platform/events/log-feed.ts";
import { denyUnlistedFields } from "../../packages/server/src/platform/graphql/access.ts";
import type { SubscriptionContext } from "../../packages/server/src/platform/graphql/context.ts";
import { apiError } from "../../packages/server/src/platform/graphql/errors.ts";
import { SharedSource } from "../../packages/server/src/platform/graphql/shared-source.ts";
import { mountSocket } from "../../packages/server/src/platform/graphql/socket.ts";
import { createLogger } from "../../packages/server/src/platform/logging.ts";

// The socket with a schema of its own: rooms with numbered notes, of which one field depends on who reads it.

/** Somebody at the planted socket. */
export interface Guest {
  accountId: string;
  sessionId: string;
  sessionExpiresAt: Date;
  rooms: string[];
  isEditor: boolean;
}

interface Note {
  number: number;
  text: string;
}

type Context = SubscriptionContext<Guest>;

/** A bus within this process. */
export function createLocalBus(): LiveBus & { announce(topic: string): void } {
  const watchers = new Map<string, Set<() => void>>();
  return {
    watch(topic, onWake) {
      const set = watchers.get(topic) ?? new Set();
      watchers.set(topic, set.add(onWake));
      return () => set.delete(onWake);
    },
    announce: (topic) => watchers.get(topic)?.forEach((wake) => wake()),
    close: async () => {},
  };
}

/** The running socket and what happened behind it. */
export interface PlantedSocket {
  /** Sessions that have not ended, by id; cookies are session ids. */
  guests: Map<string, Guest>;
  /** How often the log of a room was read, and how often a note's text was resolved. */
  counts: { reads: number; texts: number };
  write(room: string, text: string): void;
  announce(topic: string): void;
  /** Removes a room's notes up to this number. */
  forget(room: string, upTo: number): void;
  connect(sessionId: string): Client;
  /** Where a bare websocket connects. */
  url: string;
  close(): Promise<void>;
}

export async function plantSocket(): Promise<PlantedSocket> {
  const bus = createLocalBus();
  const feeds = new Feeds(bus);
  const logger = createLogger("silent");
  const rooms = new Map<string, Note[]>();
  const guests = new Map<string, Guest>();
  const counts = { reads: 0, texts: 0 };
  const forgotten = new Map<string, number>();
  const notesOf = (room: string): Note[] => rooms.get(room) ?? [];
  const openRoom = (room: string) => ({
    key: room,
    open: () =>
      feeds.open(
        room,
        (onIdle) =>
          new LogFeed<Note>({
            key: room,
            bus,
            topic: room,
            logger,
            start: notesOf(room).length,
            pageSize: 100,
            read: async (after) => {
              counts.reads += 1;
              const page = notesOf(room).slice(Math.max(after, forgotten.get(room) ?? 0), after + 100);
              return page.map((value) => ({ position: value.number, value }));
            },
            describeGap: async () => apiError("RESYNC", "Gone."),
            onIdle,
          }),
      ),
  });
  const subscribe = async (_root: unknown, args: Record<string, unknown>, context: Context) =>
    new SharedSource<Guest, Note>({
      bus,
      topics: [String(args.room)],
      start: Number(args.after),
      refreshActor: context.refreshActor,
      choose: (guest) => (guest.rooms.includes(String(args.room)) ? openRoom(String(args.room)) : null),
    });
  const httpServer = createServer();
  const stop = mountSocket<Guest>({
    httpServer,
    schema: plantedSchema(subscribe, counts),
    logger,
    bus,
    allowedOrigins: () => [],
    mayIntroduceItself: () => false,
    introduce: async () => null,
    asksFreely: () => false,
    loadActor: async (request) => guests.get(request.headers.cookie ?? "") ?? null,
    loadActors: async (ids) => new Map([...guests].filter(([id]) => ids.includes(id))),
    createContext: (actor, refreshActor, requestId) =>
      ({ actor, refreshActor, requestId, feeds, logger, loaders: new Map() }) as unknown as Context,
  });
  await new Promise<void>((resolve) => {
    httpServer.listen(0, "127.0.0.1", resolve);
  });
  const { port } = httpServer.address() as AddressInfo;
  return {
    guests,
    counts,
    write(room, text) {
      const notes = notesOf(room);
      rooms.set(room, [...notes, { number: notes.length + 1, text }]);
      bus.announce(room);
    },
    announce: (topic) => bus.announce(topic),
    forget: (room, upTo) => void forgotten.set(room, upTo),
    url: `ws://127.0.0.1:${port}/graphql`,
    connect: (sessionId) => connect(port, sessionId),
    async close() {
      await stop();
      httpServer.closeAllConnections();
      httpServer.close();
    },
  };
}

function plantedSchema(
  subscribe: GraphQLFieldConfig<Note, Context>["subscribe"],
  counts: { texts: number },
): GraphQLSchema {
  const note = new GraphQLObjectType<Note, Context>({
    name: "Note",
    extensions: { access: "parent" },
    fields: {
      number: { type: GraphQLInt },
      text: { type: GraphQLString },
      viewerCanEdit: { type: GraphQLBoolean, resolve: (_note, _args, { actor }) => actor?.isEditor },
    },
  });
  const root = new GraphQLObjectType<Note, Context>({
    name: "Subscription",
    fields: {
      notes: {
        type: note,
        args: { room: { type: GraphQLString }, after: { type: GraphQLInt, defaultValue: 0 } },
        extensions: { access: "signed-in", beginsAt: ["after"] },
        subscribe,
        resolve: (value) => {
          counts.texts += 1;
          return value;
        },
      },
      // Says nothing of who reads it in its fields, and yet looks: what the empty context is for.
      careless: {
        type: note,
        args: { room: { type: GraphQLString }, after: { type: GraphQLInt, defaultValue: 0 } },
        extensions: { access: "signed-in", beginsAt: ["after"] },
        subscribe,
        resolve: (value, _args, context) => ({
          ...value,
          text: `${value.text} for ${context.actor?.accountId}`,
        }),
      },
    },
  });
  const query = new GraphQLObjectType({
    name: "Query",
    fields: { nothing: { type: GraphQLInt, extensions: { access: "signed-in" } } },
  });
  return denyUnlistedFields(new GraphQLSchema({ query, subscription: root }));
}

function connect(port: number, sessionId: string): Client {
  class GuestSocket extends WebSocket {
    constructor(address: string, protocols?: string | string[]) {
      super(address, protocols, { headers: { Cookie: sessionId } });
    }
  }
  return createClient({
    url: `ws://127.0.0.1:${port}/graphql`,
    webSocketImpl: GuestSocket,
    retryAttempts: 0,
  });
}
