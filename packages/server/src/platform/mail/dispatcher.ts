import type { StatementRunner } from "../database/statement.ts";
import type { LiveBus } from "../events/live-bus.ts";
import { wakeups, type Wakeups } from "../events/wakeups.ts";
import type { Logger } from "../logging.ts";
import type { SecretBox } from "../secrets/secret-box.ts";
import type { MailSettings } from "./mail-settings.ts";
import { backOff, mailTiming, type MailTiming } from "./mail-timing.ts";
import { mailQueuedTopic } from "./mail-topics.ts";
import { connectionsPerServer, openMailTransport, type MailTransport } from "./mail-transport.ts";
import { openBody } from "./outbox.ts";
import type { SendOutcome } from "./send-outcome.ts";
import { judge, twiceUncertain, waiting, type Settlement } from "./settlement.ts";
import { claimMailStatement, type ClaimedMail } from "./sql/claim-mail.ts";
import { enterRelayStatement } from "./sql/enter-relay.ts";
import { holdUnsendableMailStatement } from "./sql/hold-unsendable-mail.ts";
import { noteRelaySuccessStatement } from "./sql/note-relay-success.ts";
import { noteRelayTroubleStatement } from "./sql/note-relay-trouble.ts";
import { readNextDueStatement } from "./sql/read-next-due.ts";
import { recoverLostMailStatement } from "./sql/recover-lost-mail.ts";
import { settleMailStatement } from "./sql/settle-mail.ts";

export interface DispatcherOptions {
  /** A fresh EntityManager per statement. */
  fork: () => StatementRunner;
  bus: LiveBus;
  secrets: SecretBox;
  logger: Logger;
  /** Null where there is no mail server: then due mail is held for a person to decide. */
  settings: MailSettings | null;
  /** Told of every attempt. */
  onOutcome?: (kind: SendOutcome["kind"]) => void;
  /** Other times, for tests. */
  timing?: Partial<MailTiming>;
}

const noServer = "There is no mail server to send it with (SMTP_URL).";

/**
 * Sends the mail of the outbox. Any number of processes may: a mail belongs to the claim whose lease it carries. It is
 * sent once, except when nobody can know whether the server took it; then once more under the same message id.
 */
export class Dispatcher {
  readonly #options: DispatcherOptions;
  readonly #timing: MailTiming;
  readonly #transport: MailTransport | null;
  readonly #sending = new Set<Promise<void>>();
  #woken: Wakeups | undefined;
  #running: Promise<void> = Promise.resolve();

  constructor(options: DispatcherOptions) {
    this.#options = options;
    this.#timing = { ...mailTiming, ...options.timing };
    this.#transport =
      options.settings === null ? null : openMailTransport(options.settings, this.#timing.timeouts);
  }

  /** Sends what is due from now on. */
  start(): void {
    this.#woken = wakeups(this.#options.bus, [mailQueuedTopic]);
    this.#running = this.#run(this.#woken);
  }

  /** Claims no more mail and waits for those on their way. */
  async stop(): Promise<void> {
    this.#woken?.stop();
    await this.#running;
    await Promise.all(this.#sending);
    this.#transport?.close();
  }

  async #run(woken: Wakeups): Promise<void> {
    let hasEntered = false;
    while (!woken.stopped) {
      let wait = this.#timing.poll * 1000;
      try {
        if (!hasEntered) {
          await this.#enter();
          hasEntered = true;
        }
        wait = await this.#look(woken);
      } catch (error) {
        this.#options.logger.warn({ err: error }, "outbox could not be read, trying again");
        wait = Math.min(wait, 2_000);
      }
      await woken.next(wait);
    }
  }

  async #enter(): Promise<void> {
    const { settings, fork, logger } = this.#options;
    if (settings === null) {
      logger.warn("there is no mail server (SMTP_URL): mail is held in the outbox until a person lets it go");
      return;
    }
    await enterRelayStatement.run(fork(), [settings.name]);
  }

  /** Takes up what is due; returns the milliseconds until something will be. */
  async #look(woken: Wakeups): Promise<number> {
    const { fork, logger, settings } = this.#options;
    const longest = this.#timing.poll * 1000;
    const lost = await recoverLostMailStatement.run(fork(), [twiceUncertain]);
    if (lost.length > 0) {
      logger.warn({ mails: lost.length }, "mail was left half sent by a process that ended");
    }
    if (settings === null) {
      await this.#hold();
      return longest;
    }
    await this.#claim(settings, woken);
    if (this.#isFull()) {
      // The first mail that is done wakes this loop again.
      return longest;
    }
    const [next] = await readNextDueStatement.run(fork(), [settings.name]);
    return Math.min(longest, Math.max(next?.wait ?? longest, 50));
  }

  async #hold(): Promise<void> {
    const held = await holdUnsendableMailStatement.run(this.#options.fork(), [noServer]);
    if (held.length > 0) {
      this.#options.logger.warn({ mails: held.length }, "mail is held: there is no mail server (SMTP_URL)");
    }
  }

  #isFull(): boolean {
    return this.#sending.size >= connectionsPerServer;
  }

  async #claim(settings: MailSettings, woken: Wakeups): Promise<void> {
    if (this.#isFull()) {
      return;
    }
    const since = performance.now();
    const claimed = await claimMailStatement.run(this.#options.fork(), [
      settings.name,
      connectionsPerServer - this.#sending.size,
      this.#timing.lease,
    ]);
    for (const mail of claimed) {
      const sending: Promise<void> = this.#send(settings, mail, since)
        .catch((error: unknown) => {
          // The lease runs out and the mail counts as uncertain, which it is.
          this.#options.logger.error({ err: error, mailId: mail.id }, "outcome of a mail could not be kept");
        })
        .finally(() => {
          this.#sending.delete(sending);
          woken.wake();
        });
      this.#sending.add(sending);
    }
  }

  async #send(settings: MailSettings, mail: ClaimedMail, since: number): Promise<void> {
    const { logger, onOutcome, fork } = this.#options;
    const outcome = await this.#attempt(mail, since);
    onOutcome?.(outcome.kind);
    const settlement = await this.#settle(settings, mail, outcome);
    const { state, words, attempts, uncertain, delay } = settlement;
    const kept = await settleMailStatement.run(fork(), [
      mail.id,
      mail.lease,
      state,
      words,
      attempts,
      uncertain,
      delay,
    ]);
    const about = { mailId: mail.id, purpose: mail.purpose, outcome: outcome.kind, words };
    if (kept.length === 0) {
      logger.warn(about, "mail took longer than its lease; another process decides about it");
    } else if (outcome.kind !== "sent") {
      logger.info(about, state === "BOUNCED" ? "mail bounced" : "mail was not sent");
    }
  }

  async #attempt(mail: ClaimedMail, since: number): Promise<SendOutcome> {
    // A process that stood still may hold a mail that is no longer its own. It has not been touched yet.
    if (this.#transport === null || performance.now() - since > (this.#timing.lease * 1000) / 3) {
      return { kind: "deferred", words: "The process that was to send it stood still." };
    }
    let body: ReturnType<typeof openBody>;
    try {
      body = openBody(this.#options.secrets, mail.body ?? Buffer.alloc(0), mail.messageId);
    } catch (error) {
      return { kind: "deferred", words: (error as Error).message };
    }
    return this.#transport.send({ ...body, to: mail.to, subject: mail.subject, messageId: mail.messageId });
  }

  async #settle(settings: MailSettings, mail: ClaimedMail, outcome: SendOutcome): Promise<Settlement> {
    if (outcome.kind !== "trouble") {
      if (mail.failures > 0) {
        await this.#noteRecovery(settings);
      }
      return judge(mail, outcome, this.#timing);
    }
    const { fork, logger } = this.#options;
    const { firstTrouble, longestTrouble } = this.#timing;
    const pause = backOff(firstTrouble, mail.failures, longestTrouble);
    const [counted] = await noteRelayTroubleStatement.run(fork(), [
      settings.name,
      mail.failures,
      outcome.words,
      pause,
    ]);
    if (counted !== undefined) {
      logger.warn(
        { server: settings.name, failures: counted.failures, words: outcome.words },
        "the mail server cannot be used, trying again",
      );
    }
    // An outage costs no mail its attempts. The first failure in a row may be this mail's own doing, so it counts.
    if (counted?.failures === 1) {
      return judge(mail, { kind: "deferred", words: outcome.words }, this.#timing);
    }
    return { ...waiting(mail, outcome.words), delay: pause };
  }

  async #noteRecovery(settings: MailSettings): Promise<void> {
    const [recovered] = await noteRelaySuccessStatement.run(this.#options.fork(), [settings.name]);
    if (recovered !== undefined) {
      this.#options.logger.info({ server: settings.name }, "the mail server can be used again");
    }
  }
}
