import type { IncomingMessage } from "node:http";
import type { Pool } from "pg";
import type { StatementRunner } from "../../platform/database/statement.ts";
import type { Logger } from "../../platform/logging.ts";
import type { Outbox } from "../../platform/mail/outbox.ts";
import type { Actor } from "../sign-in/index.ts";

/**
 * Judges the second factor of somebody who has given their password; null when there is none or the code is right,
 * else the sentence to show. Wrong codes are the judge's to count.
 */
export type JudgeSecondFactor = (
  runner: StatementRunner,
  accountId: string,
  code: string | null,
) => Promise<string | null>;

/** What the endpoints of recovery work with. */
export interface RecoveryParts {
  pool: Pool;
  outbox: Outbox;
  logger: Logger;
  /** Origins whose pages may ask. */
  allowedOrigins: readonly string[];
  /** Whom people may ask, as the sign-in page names them. */
  supportContact: string | null;
  /** Who is signed in; by session only. */
  loadActor: (request: IncomingMessage) => Promise<Actor | null>;
  /** Requests per minute and client address. */
  requestsPerMinute: number;
  judgeSecondFactor?: JudgeSecondFactor;
}
