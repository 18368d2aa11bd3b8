import type { EntityManager } from "../../platform/database/orm.ts";
import type { StatementRunner } from "../../platform/database/statement.ts";
import type { Logger } from "../../platform/logging.ts";
import { revokeRestoredTokens } from "../api-token/index.ts";
import { holdRestoredMail } from "../mail/index.ts";
import { pauseRestoredRuns } from "../migration/index.ts";
import { endSessionsStatement } from "./sql/end-sessions.ts";
import { holdHomeStatement } from "./sql/hold-home.ts";
import { recordRestorationStatement } from "./sql/record-restoration.ts";

/** What settling a restore did. */
export interface SettledRestore {
  sessionsEnded: number;
  tokensRevoked: number;
  runsPaused: number;
  mailHeld: number;
}

/**
 * Makes a restored database safe to serve: nobody is signed in from before, no API token works, no run goes on until a person
 * resumes it, because people may have changed since the backup what the run is about, and no mail goes out until a
 * person lets it go, because it may have been sent after the backup was taken. Needs a transaction.
 */
export async function settleRestore(tx: StatementRunner): Promise<SettledRestore> {
  const [sessions] = await endSessionsStatement.run(tx);
  const sessionsEnded = sessions?.ended ?? 0;
  const tokensRevoked = await revokeRestoredTokens(tx);
  const runsPaused = await pauseRestoredRuns(tx);
  const mailHeld = await holdRestoredMail(tx);
  await recordRestorationStatement.run(tx, [sessionsEnded, runsPaused]);
  return { sessionsEnded, tokensRevoked, runsPaused, mailHeld };
}

/**
 * At a start, before anything is served: whether this data was last served from another PostgreSQL or another
 * database there. Then it came by a dump or a copy, and is settled like a restore. Several servers may start at once.
 */
export async function noticeRestore(em: EntityManager, logger: Logger): Promise<SettledRestore | null> {
  return em.transactional(async (tx) => {
    const [home] = await holdHomeStatement.run(tx);
    if (home?.moved !== true) {
      return null;
    }
    const settled = await settleRestore(tx);
    logger.warn(
      settled,
      "this database was restored from elsewhere: sessions ended, API tokens revoked, runs paused, mail held",
    );
    return settled;
  });
}
