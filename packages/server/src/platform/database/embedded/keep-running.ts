import type { EmbeddedPostgresError } from "./failures.ts";
import {
  clearStragglers,
  launchPostmaster,
  stopPostmaster,
  type LaunchPlan,
  type Postmaster,
} from "./postmaster.ts";
import { isRunning } from "./process-identity.ts";

const LOOK_MS = 500;
const RETRY_MS = 5_000;

/** A PostgreSQL that is started again when it ends by itself. */
export interface KeptPostmaster {
  /** Shuts it down cleanly and for good. */
  stop(): Promise<void>;
}

/**
 * Looks after a running PostgreSQL: killed from outside or fallen over, it is started again on the same port, where
 * the connections that were cut find it. What was committed is replayed from its log.
 */
export function keepRunning(plan: LaunchPlan, first: Postmaster): KeptPostmaster {
  let current = first;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> = Promise.resolve();

  const look = async (): Promise<number> => {
    if (isRunning(current.identity)) {
      return LOOK_MS;
    }
    plan.logger.error("PostgreSQL has ended by itself; it is started again.");
    try {
      await clearStragglers(plan.folder);
      current = await launchPostmaster(plan, first.port);
      plan.logger.info("PostgreSQL is running again.");
      return LOOK_MS;
    } catch (error) {
      plan.logger.error(`PostgreSQL could not be started again: ${(error as EmbeddedPostgresError).message}`);
      return RETRY_MS;
    }
  };
  const lookLater = (delay: number): void => {
    if (!stopped) {
      timer = setTimeout(() => {
        looking = look().then(lookLater);
      }, delay);
      timer.unref();
    }
  };
  lookLater(LOOK_MS);

  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await looking;
      await stopPostmaster(plan.folder, current.identity);
    },
  };
}
