import type { MigrationState } from "@rehome/schema";
import type { Step } from "../../ui/stepper.tsx";

const steps: { id: string; label: string; states: MigrationState[] }[] = [
  { id: "plan", label: "Plan", states: ["DRAFT", "CHECKING"] },
  { id: "approve", label: "Approve", states: ["PLANNED"] },
  { id: "copy", label: "Copy", states: ["APPROVED", "RUNNING", "PAUSED", "AWAITING_USERS"] },
  { id: "prove", label: "Prove access", states: ["VERIFYING"] },
  { id: "complete", label: "Complete", states: ["COMPLETED", "COMPLETED_WITH_ATTENTION"] },
];

/** The phases of a migration with where it stands. A failed or stopped one stops at the phase it had reached. */
export function stepsFor(migration: {
  state: MigrationState;
  startedAt: string | null;
  hasPlan: boolean;
}): Step[] {
  if (migration.state === "UNDOING" || migration.state === "UNDONE") {
    return [
      ...steps.map(({ id, label }) => ({ id, label, state: "done" as const })),
      { id: "undo", label: "Undo", state: migration.state === "UNDONE" ? "done" : "current" },
    ];
  }
  const stopped = migration.state === "FAILED" || migration.state === "CANCELLED";
  const reached = stopped
    ? stoppedAt(migration)
    : steps.findIndex((step) => step.states.includes(migration.state));
  const isOver = reached === steps.length - 1;
  return steps.map((step, index) => ({
    id: step.id,
    label: step.label,
    state:
      index < reached || (isOver && index === reached)
        ? "done"
        : index === reached
          ? stopped
            ? "stopped"
            : "current"
          : "next",
  }));
}

function stoppedAt(migration: { startedAt: string | null; hasPlan: boolean }): number {
  if (migration.startedAt) {
    return 2;
  }
  return migration.hasPlan ? 1 : 0;
}
