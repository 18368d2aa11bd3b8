import type { IncomingMessage } from "node:http";
import type { Pool } from "pg";
import type { Logger } from "../../platform/logging.ts";
import type { Outbox } from "../../platform/mail/outbox.ts";
import type { Actor, JudgeSecondFactor } from "../sign-in/index.ts";

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
  judgeSecondFactor: JudgeSecondFactor;
}
