import { Button, Modal, Textarea } from "@mantine/core";
import { useState, type FormEvent } from "react";
import { formatCount, formatPeople } from "../../../shared/number-format.ts";
import { ActionNotice, useAction } from "../../../shared/use-action.tsx";
import { brakeWords } from "../../../shared/words.ts";
import { Notice } from "../../../ui/notice.tsx";
import { ReleaseBrakeDocument } from "../migration-actions.generated.ts";
import type { DetailedMigration } from "../migration-page.tsx";
import attention from "./attention.module.css";
import classes from "./migration.module.css";

type Brake = DetailedMigration["brakes"][number];

/** Whether a brake keeps the run from going on. */
export function isHeld(migration: DetailedMigration): boolean {
  return holding(migration).length > 0;
}

function holding(migration: DetailedMigration): Brake[] {
  return migration.brakes.filter((brake) => brake.trippedAt !== null && brake.releasedAt === null);
}

/** What tripped, what would have been done, and the release, with a reason, for who may. */
export function BrakeNotice(props: { migration: DetailedMigration; onChanged: () => Promise<unknown> }) {
  const { migration } = props;
  const [releasing, setReleasing] = useState<Brake | null>(null);
  const brakes = holding(migration);
  return (
    <>
      <Notice
        tone="bad"
        live
        title={`Paused by ${brakes.length === 1 ? "a brake" : "brakes"}: ${brakes.map((brake) => brakeWords[brake.brake].label.toLowerCase()).join(" and ")}`}
        actions={
          migration.viewerCanReleaseBrake && (
            <div className={classes.buttons}>
              {brakes.map((brake) => (
                <Button key={brake.brake} size="xs" color="red" onClick={() => setReleasing(brake)}>
                  {brakes.length === 1
                    ? "Release…"
                    : `Release ${brakeWords[brake.brake].label.toLowerCase()}…`}
                </Button>
              ))}
            </div>
          )
        }
      >
        {brakes.map((brake) => (
          <Held key={brake.brake} brake={brake} />
        ))}
        <p>
          The batch was taken back whole, so nobody is half copied. The run goes on after{" "}
          {brakes.length === 1 ? "a release" : "each of them is released"}, or can be stopped for good.
          {!migration.viewerCanReleaseBrake && ` ${migration.whyNotReleaseBrake ?? ""}`}
        </p>
      </Notice>
      {releasing && (
        <ReleaseDialog
          key={releasing.brake}
          migration={migration}
          brake={releasing}
          onClose={() => setReleasing(null)}
          onChanged={props.onChanged}
        />
      )}
    </>
  );
}

function Held(props: { brake: Brake }) {
  const { trip, meaning } = props.brake;
  if (!trip) {
    return null;
  }
  return (
    <p>
      With rows {formatCount(trip.from)}–{formatCount(trip.to)} there would be{" "}
      <b>{formatPeople(trip.counted)}</b> who {meaning}. The limit is {formatPeople(trip.most)}:{" "}
      {props.brake.percent}% of the plan, counted from {formatPeople(props.brake.leastPeople)} on.
      {trip.examples.length > 0 && ` For example: ${trip.examples.slice(0, 3).join(", ")}.`}
    </p>
  );
}

function ReleaseDialog(props: {
  migration: DetailedMigration;
  brake: Brake;
  onClose: () => void;
  onChanged: () => Promise<unknown>;
}) {
  const { migration, brake } = props;
  const [reason, setReason] = useState("");
  const release = useAction(ReleaseBrakeDocument);
  const label = brakeWords[brake.brake].label.toLowerCase();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!reason.trim()) {
      return;
    }
    const input = { migrationId: migration.id, brake: brake.brake, reason: reason.trim() };
    if (await release.run({ input })) {
      props.onClose();
      await props.onChanged().catch(() => undefined);
    }
  };
  return (
    <Modal
      opened
      onClose={props.onClose}
      title={`Release the brake on ${label}?`}
      closeButtonProps={{ "aria-label": "Close" }}
    >
      <form onSubmit={(event) => void submit(event)} className={attention.dialog}>
        <p>
          For the rest of this run nothing limits {label} any more.
          {brake.forecast !== null &&
            brake.forecast > 0 &&
            ` The plan foretells ${formatPeople(brake.forecast)} in all.`}
        </p>
        <Textarea
          label="Reason"
          description="Kept in the audit log."
          required
          withAsterisk={false}
          rows={3}
          data-autofocus
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <ActionNotice problem={release.problem} />
        <div className={attention.dialogButtons}>
          <Button variant="default" onClick={props.onClose}>
            Cancel
          </Button>
          <Button type="submit" color="red" loading={release.pending} disabled={!reason.trim()}>
            Release and go on
          </Button>
        </div>
      </form>
    </Modal>
  );
}
