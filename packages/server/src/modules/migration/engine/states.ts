/** The states of a migration and the only transitions between them. */
export const transitions = {
  DRAFT: ["CHECKING", "CANCELLED"],
  CHECKING: ["PLANNED", "DRAFT"],
  PLANNED: ["CHECKING", "APPROVED", "CANCELLED"],
  APPROVED: ["RUNNING", "CHECKING", "CANCELLED"],
  RUNNING: ["PAUSED", "AWAITING_USERS", "VERIFYING", "FAILED", "CANCELLED"],
  PAUSED: ["RUNNING", "CANCELLED"],
  AWAITING_USERS: ["VERIFYING", "CANCELLED"],
  VERIFYING: ["COMPLETED", "COMPLETED_WITH_ATTENTION", "FAILED"],
  COMPLETED: ["UNDOING"],
  COMPLETED_WITH_ATTENTION: ["COMPLETED", "UNDOING"],
  FAILED: ["RUNNING", "UNDOING"],
  CANCELLED: ["UNDOING"],
  // An undo of some people gives back the state that was before.
  UNDOING: ["UNDONE", "COMPLETED", "COMPLETED_WITH_ATTENTION", "FAILED", "CANCELLED"],
  UNDONE: [],
} as const satisfies Record<string, readonly string[]>;

export type MigrationState = keyof typeof transitions;

export const migrationStates = Object.keys(transitions) as MigrationState[];

/** Whether a migration may go from one state to the other. */
export function canMove(from: MigrationState, to: MigrationState): boolean {
  return (transitions[from] as readonly string[]).includes(to);
}

/** The states from which `to` can be reached in one step; SQL updates carry them as their guard. */
export function statesBefore(to: MigrationState): MigrationState[] {
  return migrationStates.filter((from) => canMove(from, to));
}
