import type { MigrationEventType } from "./append-event.ts";
import { canMove, type MigrationState } from "./states.ts";

/** The states a migration may be in right after an event of each type; null for events that leave the state alone. */
const statesAfterEvent: Record<MigrationEventType, readonly MigrationState[] | null> = {
  CREATED: ["DRAFT"],
  PLANNING_STARTED: ["CHECKING"],
  PLANNED: ["PLANNED"],
  PLANNING_FAILED: ["DRAFT"],
  APPROVAL_GIVEN: null,
  APPROVED: ["APPROVED"],
  STARTED: ["RUNNING"],
  GROUP_CREATED: null,
  BATCH_APPLIED: null,
  PAUSED: ["PAUSED"],
  BRAKE_TRIPPED: ["PAUSED"],
  // Another brake may still hold the run.
  BRAKE_RELEASED: ["RUNNING", "PAUSED"],
  RESUMED: ["RUNNING"],
  VERIFYING: ["VERIFYING"],
  // The last settled person turns the second into the first; those events are the settlements' own.
  COMPLETED: ["COMPLETED", "COMPLETED_WITH_ATTENTION"],
  PROOF_PASSED: null,
  PROOF_FAILED: null,
  FAILED: ["FAILED"],
  RETRIED: ["RUNNING"],
  CANCELLED: ["CANCELLED"],
  GROUP_APPROVED: null,
  GROUP_DECLINED: null,
  UPGRADED: null,
  SKIPPED: null,
  FOLLOW_UP_CREATED: null,
  // Settling the last person turns COMPLETED_WITH_ATTENTION into COMPLETED, as other settlements do.
  FOLLOW_UP_SETTLED: null,
  UNDO_PLANNING: null,
  UNDO_PLANNED: null,
  UNDO_PLANNING_FAILED: null,
  UNDO_STARTED: ["UNDOING"],
  UNDO_BATCH: null,
  // An undo of some people gives back the state that was before; so does one that failed.
  UNDO_FAILED: ["COMPLETED", "COMPLETED_WITH_ATTENTION", "FAILED", "CANCELLED"],
  UNDONE: ["UNDONE", "COMPLETED", "COMPLETED_WITH_ATTENTION", "FAILED", "CANCELLED"],
};

/** Every (event type, state right after it), for telling a migration's state from its log. */
export function eventStates(): [MigrationEventType, MigrationState][] {
  return stateEvents().flatMap(([type, states]) =>
    states.map((state): [MigrationEventType, MigrationState] => [type, state]),
  );
}

/** Every pair of event types that may follow each other in a log that is read without the events that leave the state alone. */
export function legalEventPairs(): [MigrationEventType, MigrationEventType][] {
  const events = stateEvents();
  return events.flatMap(([earlier, from]) =>
    events
      .filter(([, to]) => from.some((state) => to.some((next) => canMove(state, next))))
      .map(([later]): [MigrationEventType, MigrationEventType] => [earlier, later]),
  );
}

function stateEvents(): [MigrationEventType, readonly MigrationState[]][] {
  return Object.entries(statesAfterEvent).filter(
    (entry): entry is [MigrationEventType, readonly MigrationState[]] => entry[1] !== null,
  );
}
