import { createClient, type Client } from "graphql-ws";
import type { TypedDocumentNode } from "@apollo/client";
import { print } from "graphql";

/** What a subscription tells its owner; `open` means the socket is up and the request is on its way. */
export interface LiveSink<T> {
  open: () => void;
  next(value: T): void;
  /** The socket or the subscription ended; `complete` is told the same way, the owner decides. */
  ended(reason: unknown): void;
}

let client: Client | null = null;
let connected = false;
const openListeners = new Set<() => void>();

function liveClient(): Client {
  client ??= createClient({
    url: `${window.location.protocol === "https:" ? "wss" : "ws"}://${window.location.host}/graphql`,
    // Its own retry resubscribes with the old variables and loses what happened in between,
    // so resuming is left to `ResumableSubscription`.
    retryAttempts: 0,
    lazyCloseTimeout: 2_000,
    keepAlive: 10_000,
    on: {
      connected: () => {
        connected = true;
        openListeners.forEach((tell) => tell());
      },
      closed: () => {
        connected = false;
      },
      // A laptop that slept leaves a socket that never closes: no pong within 5 s means it is dead.
      ping: (received) => {
        if (!received) {
          pongTimer = setTimeout(() => client?.terminate(), 5_000);
        }
      },
      pong: (received) => {
        if (received) {
          clearTimeout(pongTimer);
        }
      },
    },
  });
  return client;
}
let pongTimer: ReturnType<typeof setTimeout> | undefined;

/** Starts one subscription over the page's single socket; answers the function that ends it. */
export function subscribeLive<TData, TVariables extends Record<string, unknown>>(
  document: TypedDocumentNode<TData, TVariables>,
  variables: TVariables,
  sink: LiveSink<TData>,
): () => void {
  const socket = liveClient();
  let ended = false;
  const end = (reason: unknown) => {
    if (!ended) {
      ended = true;
      openListeners.delete(sink.open);
      sink.ended(reason);
    }
  };
  openListeners.add(sink.open);
  const stop = socket.subscribe<TData>(
    { query: print(document), variables },
    {
      next: (result) => {
        if (result.errors?.length) {
          end(result.errors);
        } else if (result.data) {
          sink.next(result.data);
        }
      },
      error: end,
      complete: () => end("complete"),
    },
  );
  if (connected) {
    sink.open();
  }
  return () => {
    ended = true;
    openListeners.delete(sink.open);
    stop();
  };
}
