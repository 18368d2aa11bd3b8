import { createClient } from "graphql-ws";
import WebSocket from "ws";
import { CliError, exitCodes } from "./exit-codes.ts";
import type { RemoteServer } from "./server.ts";

/** An entry of a migration's log. */
export interface MigrationEvent {
  sequence: number;
  at: string;
  type: string;
  summary: string;
  payload: unknown;
}

/** Where a run stands. */
export interface Progress {
  state: string;
  processed: number;
  total: number;
  peoplePerSecond: number | null;
  etaSecondsLow: number | null;
  etaSecondsHigh: number | null;
  openAttention: number;
  stalled: boolean;
}

/** One connection for subscriptions; it never comes back by itself. */
export interface EventSocket {
  events(migrationId: string, afterSequence: number): AsyncGenerator<MigrationEvent, void, undefined>;
  onProgress(migrationId: string, show: (progress: Progress) => void): void;
  close(): Promise<void>;
}

const eventsQuery = `subscription CliEvents($id: ID!, $after: Int!) {
  migrationEvents(migrationId: $id, afterSequence: $after) { sequence at type summary payload } }`;
const progressQuery = `subscription CliProgress($id: ID!) { migrationProgress(migrationId: $id) {
  state processed total peoplePerSecond etaSecondsLow etaSecondsHigh openAttention stalled } }`;

/** Opens the socket at first use, with the token in its header. */
export function openEventSocket({ url, token }: RemoteServer): EventSocket {
  class TokenSocket extends WebSocket {
    constructor(address: string, protocols?: string | string[]) {
      super(address, protocols, { headers: { Authorization: `Bearer ${token}` }, handshakeTimeout: 10_000 });
    }
  }
  const client = createClient({
    url: `${url.replace(/^http/, "ws")}/graphql`,
    webSocketImpl: TokenSocket,
    retryAttempts: 0,
    // A line that is dead without saying so is noticed by its silence.
    keepAlive: 15_000,
    onNonLazyError: () => undefined,
  });
  let isOpen = true;
  return {
    async *events(id, after) {
      const answers = client.iterate<{ migrationEvents: MigrationEvent }>({
        query: eventsQuery,
        variables: { id, after },
      });
      for await (const { data, errors } of answers) {
        const event = data?.migrationEvents;
        if (event === undefined) {
          throw new CliError(exitCodes.failed, "FAILED", errors?.[0]?.message ?? "The event stream broke.");
        }
        yield event;
      }
    },
    onProgress(id, show) {
      void client.subscribe<{ migrationProgress: Progress }>(
        { query: progressQuery, variables: { id } },
        {
          next({ data }) {
            if (isOpen && data?.migrationProgress) {
              show(data.migrationProgress);
            }
          },
          // The events on the same connection end with it and say so.
          error: () => undefined,
          complete: () => undefined,
        },
      );
    },
    async close() {
      isOpen = false;
      await client.dispose();
    },
  };
}
