import type { EntityManager } from "../../../platform/database/orm.ts";
import { wakeups } from "../../../platform/events/wakeups.ts";
import type { LiveBus } from "../../../platform/events/live-bus.ts";
import { migrationTopic } from "../engine/append-event.ts";
import { replayEventsStatement } from "../sql/replay-events.ts";
import type { EventRow } from "../sql/list-events.ts";

const replayPage = 500;

export interface StreamEventsOptions {
  fork: () => EntityManager;
  bus: LiveBus;
  migrationId: string;
  /** Number of the last event the client has; 0 for all. */
  afterSequence: number;
  /** Asked after every wake-up; false ends the stream, because rights or the session ended. */
  stillAllowed: () => Promise<boolean>;
}

/**
 * The log after a number, then live. Each wake-up only says "read on": events always come from the log in the
 * order of their numbers, so nothing is lost or repeated whatever happens to notifications.
 */
export async function* streamEvents(options: StreamEventsOptions): AsyncGenerator<EventRow, void, undefined> {
  const { fork, bus, migrationId, stillAllowed } = options;
  let last = options.afterSequence;
  // Watching begins before the first read, so that an event between read and watch is not missed.
  const woken = wakeups(bus, [migrationTopic(migrationId)]);
  try {
    for (;;) {
      let page: EventRow[];
      do {
        page = await replayEventsStatement.run(fork(), [migrationId, last, replayPage]);
        for (const event of page) {
          last = event.sequence;
          yield event;
        }
      } while (page.length === replayPage);
      await woken.next();
      if (!(await stillAllowed())) {
        return;
      }
    }
  } finally {
    woken.stop();
  }
}
