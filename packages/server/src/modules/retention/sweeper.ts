import { setTimeout as wait } from "node:timers/promises";
import type { StatementRunner, Statement } from "../../platform/database/statement.ts";
import type { Logger } from "../../platform/logging.ts";
import { foldSiteCountsStatement } from "./sql/fold-site-counts.ts";
import { mendBothTypesStatement } from "./sql/mend-both-types.ts";
import { retireUploadsStatement } from "./sql/retire-uploads.ts";
import { sweepAnswersStatement } from "./sql/sweep-answers.ts";
import { sweepDirectoryChangesStatement } from "./sql/sweep-directory-changes.ts";
import { sweepEventsStatement } from "./sql/sweep-events.ts";
import { sweepInvitationsStatement } from "./sql/sweep-invitations.ts";
import { sweepLinksStatement } from "./sql/sweep-links.ts";
import { sweepPendingSignInsStatement } from "./sql/sweep-pending-sign-ins.ts";
import { sweepMailStatement } from "./sql/sweep-mail.ts";
import { sweepMailBodiesStatement } from "./sql/sweep-mail-bodies.ts";
import { sweepRateLimitsStatement } from "./sql/sweep-rate-limits.ts";
import { sweepRememberedDevicesStatement } from "./sql/sweep-remembered-devices.ts";
import { sweepSessionsStatement } from "./sql/sweep-sessions.ts";
import { sweepUploadRowsStatement } from "./sql/sweep-upload-rows.ts";
import { sweepUsedLinksStatement } from "./sql/sweep-used-links.ts";
import { sweepVerificationsStatement } from "./sql/sweep-verifications.ts";
import type { Swept } from "./swept.ts";

/** How long things are kept. */
export interface RetentionSettings {
  /** Days after a migration's end that its events are kept. */
  eventDays: number;
  /** Days that the rows of uploads are kept which nothing needs any more. */
  uploadDays: number;
  /** Days that a repeated mutation finds its first answer. */
  answerDays: number;
  /** Days that mail is kept which was sent, bounced or given up. */
  mailDays: number;
  /** Days after their end that mailed links and answered invitations are kept. */
  linkDays: number;
}

export interface SweeperOptions extends RetentionSettings {
  /** A fresh EntityManager per statement. */
  fork: () => StatementRunner;
  logger: Logger;
  /** Minutes between two sweeps; 0 means none. */
  sweepMinutes: number;
}

/** Rows per statement: each is a transaction of some milliseconds that nobody waits for. */
const rowsPerStatement = 1_000;
/** Statements of one sort per sweep; the rest is for the next. */
const mostStatements = 200;
const pauseBetween = 20;
/** Minutes between the beginning of a change and its commit, at most: how far back the sweep looks for changed sites. */
const longestTransaction = 60;

/**
 * Removes what nothing needs any more, a little at a time. Any number of servers may sweep one database. Never touched:
 * people, items, journals, proofs, the audit log, and rows that a report gives back.
 */
export class Sweeper {
  readonly #options: SweeperOptions;
  readonly #stop = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #sweeping: Promise<void> = Promise.resolve();

  constructor(options: SweeperOptions) {
    this.#options = options;
  }

  /** Sweeps at the given interval from now on. */
  start(): void {
    const { sweepMinutes } = this.#options;
    if (sweepMinutes > 0) {
      this.#timer = setInterval(() => this.#sweepInTurn(), sweepMinutes * 60_000);
      this.#timer.unref();
    }
  }

  /** Waits for the statement under way and begins no other. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#stop.abort();
    await this.#sweeping;
  }

  /** One sweep: everything that is due, within bounds. Returns rows by what they were. */
  async sweep(): Promise<Record<string, number>> {
    const { eventDays, uploadDays, answerDays, mailDays, linkDays, sweepMinutes } = this.#options;
    return {
      events: await this.#repeat(sweepEventsStatement, [eventDays]),
      uploads: await this.#repeat(retireUploadsStatement, [uploadDays]),
      uploadRows: await this.#repeat(sweepUploadRowsStatement),
      answers: await this.#repeat(sweepAnswersStatement, [answerDays]),
      mail: await this.#repeat(sweepMailStatement, [mailDays]),
      mailBodies: await this.#repeat(sweepMailBodiesStatement),
      links: await this.#repeat(sweepLinksStatement, [linkDays]),
      usedLinks: await this.#repeat(sweepUsedLinksStatement, [linkDays]),
      invitations: await this.#repeat(sweepInvitationsStatement, [linkDays]),
      sessions: await this.#repeat(sweepSessionsStatement),
      pendingSignIns: await this.#repeat(sweepPendingSignInsStatement),
      rememberedDevices: await this.#repeat(sweepRememberedDevicesStatement),
      verifications: await this.#repeat(sweepVerificationsStatement),
      rateLimits: await this.#repeat(sweepRateLimitsStatement),
      directoryChanges: await this.#repeat(sweepDirectoryChangesStatement),
      siteCounts: await this.#repeat(foldSiteCountsStatement),
      bothTypes: await this.#repeat(mendBothTypesStatement, [2 * sweepMinutes + longestTransaction]),
    };
  }

  #sweepInTurn(): void {
    this.#sweeping = this.#sweeping.then(async () => {
      try {
        const swept = await this.sweep();
        if (Object.values(swept).some((rows) => rows > 0)) {
          this.#options.logger.info({ swept }, "removed what is kept no longer");
        }
      } catch (error) {
        this.#options.logger.warn({ err: error }, "sweep failed, trying again at the next");
      }
    });
  }

  async #repeat(of: Statement<Swept>, parameters: number[] = []): Promise<number> {
    let total = 0;
    for (let count = 0; count < mostStatements && !this.#stop.signal.aborted; count += 1) {
      const [row] = await of.run(this.#options.fork(), [rowsPerStatement, ...parameters]);
      const swept = row?.swept ?? 0;
      total += swept;
      // Nothing left, not less than a statement may take: events go one migration at a time.
      if (swept === 0) {
        break;
      }
      await wait(pauseBetween);
    }
    return total;
  }
}
