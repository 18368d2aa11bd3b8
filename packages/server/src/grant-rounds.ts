import type { Pool } from "pg";
import { grantWishes } from "./modules/recovery/index.ts";
import { grantConnections } from "./modules/services/index.ts";
import { Rounds } from "./platform/jobs/rounds.ts";
import type { Logger } from "./platform/logging.ts";
import type { Outbox } from "./platform/mail/outbox.ts";

/** Grants, in every server, what people asked for without being told whether it exists. Ends what is under way when stopped. */
export function startGrantRounds(parts: { pool: Pool; outbox: Outbox; logger: Logger }): {
  stop(): Promise<void>;
} {
  const { logger } = parts;
  const rounds = [
    new Rounds(
      () => grantWishes(parts),
      logger,
      "the wishes of the sign-in page could not be read, trying again",
    ),
    new Rounds(
      () => grantConnections(parts),
      logger,
      "the connections that people asked for could not be read, trying again",
    ),
  ];
  rounds.forEach((round) => round.start());
  return {
    async stop() {
      await Promise.all(rounds.map((round) => round.stop()));
    },
  };
}
