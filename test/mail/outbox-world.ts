import { randomUUID } from "node:crypto";
import { createLiveBus, type LiveBus } from "../../packages/server/src/platform/events/live-bus.ts";
import { createLogger } from "../../packages/server/src/platform/logging.ts";
import { Dispatcher } from "../../packages/server/src/platform/mail/dispatcher.ts";
import { readMailSettings } from "../../packages/server/src/platform/mail/mail-settings.ts";
import type { MailTiming } from "../../packages/server/src/platform/mail/mail-timing.ts";
import type { MailToQueue } from "../../packages/server/src/platform/mail/outbox.ts";
import { query } from "../kit/query.ts";
import { openSchemaWorld, type SchemaWorld } from "../kit/schema-caller.ts";
import { testServices } from "../kit/services.ts";

/** Times that let a test see days of attempts in seconds. */
export const hurried: MailTiming = {
  lease: 5,
  poll: 0.2,
  firstRetry: 0.05,
  longestRetry: 0.1,
  mostAttempts: 4,
  firstTrouble: 0.05,
  longestTrouble: 0.2,
  timeouts: { connect: 500, silence: 500, attempt: 2_000 },
};

/** How a mail stands in the database. */
export interface MailFate {
  about: string;
  state: string;
  attempts: number;
  uncertain: number;
  error: string | null;
}

/** A database, the bus and dispatchers over it. */
export interface OutboxWorld {
  world: SchemaWorld;
  bus: LiveBus;
  /** Queues one mail per name, in one transaction. */
  queue(names: readonly string[], overrides?: Partial<MailToQueue>): Promise<void>;
  /** A started dispatcher to this address; stopped when the world closes, if not before. */
  dispatch(url: string, timing?: Partial<MailTiming>): Dispatcher;
  fates(): Promise<MailFate[]>;
  /** Waits until every mail is in one of these states. */
  until(states: readonly string[], milliseconds?: number): Promise<MailFate[]>;
  /** Empties the outbox and forgets the servers; stops every dispatcher. */
  reset(): Promise<void>;
  close(): Promise<void>;
}

/** Opens one. */
export async function openOutboxWorld(): Promise<OutboxWorld> {
  const { outbox, secrets } = testServices();
  const world = await openSchemaWorld();
  const logger = createLogger("silent");
  const bus = createLiveBus(world.url, logger);
  let running: Dispatcher[] = [];
  const stopAll = async (): Promise<void> => {
    await Promise.all(running.map((dispatcher) => dispatcher.stop()));
    running = [];
  };
  const fates = (): Promise<MailFate[]> =>
    query<MailFate>(
      world.fork(),
      `select about, state, attempts, uncertain_sends as uncertain, last_error as error from mail_outbox order by about`,
    );
  return {
    world,
    bus,
    async queue(names, overrides = {}) {
      await world.fork().transactional(async (tx) => {
        for (const name of names) {
          await outbox.queue(tx, { ...makeMail(name), ...overrides });
        }
      });
    },
    dispatch(url, timing = {}) {
      const dispatcher = new Dispatcher({
        fork: world.fork,
        bus,
        secrets,
        logger,
        settings: readMailSettings(url, "Rehome <rehome@acme.example>"),
        timing: { ...hurried, ...timing },
      });
      running.push(dispatcher);
      dispatcher.start();
      return dispatcher;
    },
    fates,
    async until(states, milliseconds = 15_000) {
      const end = Date.now() + milliseconds;
      for (;;) {
        const now = await fates();
        if (now.every(({ state }) => states.includes(state))) {
          return now;
        }
        if (Date.now() > end) {
          throw new Error(`Not all mail is ${states.join(" or ")}: ${JSON.stringify(now.slice(0, 5))}`);
        }
        await new Promise((resolve) => {
          setTimeout(resolve, 20);
        });
      }
    },
    async reset() {
      await stopAll();
      await query(world.em, "delete from mail_outbox");
      await query(world.em, "delete from mail_relay");
    },
    async close() {
      await stopAll();
      await bus.close();
      await world.close();
    },
  };
}

function makeMail(name: string): MailToQueue {
  return {
    purpose: "test.greeting",
    about: name,
    to: `${name}@acme.example`,
    organizationId: null,
    accountId: null,
    letter: {
      subject: `Hello ${name}`,
      name: "Ada",
      paragraphs: ["Nothing but a greeting."],
      action: { label: "Open", path: `/recover/${randomUUID()}` },
      reason: "You asked for it.",
    },
  };
}
