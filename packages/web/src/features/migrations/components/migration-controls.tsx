import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { IconArrowBackUp, IconPlayerPause, IconPlayerPlay, IconPlayerStop } from "@tabler/icons-react";
import { useState } from "react";
import { ActionNotice, useAction } from "../../../shared/use-action.tsx";
import { ConfirmDialog } from "../../../ui/confirm-dialog.tsx";
import {
  CancelMigrationDocument,
  PauseMigrationDocument,
  ResumeMigrationDocument,
  RetryMigrationDocument,
  StartMigrationDocument,
} from "../migration-actions.generated.ts";
import type { DetailedMigration } from "../migration-page.tsx";
import { PlanAgainButton } from "./plan-again-button.tsx";
import classes from "./migration.module.css";

/** Start, Pause, Resume, Stop and Undo, each only where the server says the viewer may. */
export function MigrationControls(props: {
  migration: DetailedMigration;
  onChanged: () => Promise<unknown>;
}) {
  const { migration } = props;
  const start = useAction(StartMigrationDocument);
  const pause = useAction(PauseMigrationDocument);
  const resume = useAction(ResumeMigrationDocument);
  const retry = useAction(RetryMigrationDocument);
  const input = { migrationId: migration.id };
  const after = (done: unknown) => {
    if (done) {
      props.onChanged().catch(() => undefined);
    }
  };
  // While the plan waits for approval, the notice below leads to it.
  const linksPlan = migration.plan !== null && migration.state !== "PLANNED";
  return (
    <div className={classes.controls}>
      <div className={classes.buttons}>
        {linksPlan && (
          <Button component={Link} to={`/migrations/${migration.id}/plan`} variant="default">
            Plan
          </Button>
        )}
        {migration.viewerCanStart && (
          <Button
            leftSection={<IconPlayerPlay size={16} />}
            loading={start.pending}
            onClick={() => void start.run({ input }).then(after)}
          >
            Start
          </Button>
        )}
        {migration.viewerCanRetry && (
          <Button
            leftSection={<IconPlayerPlay size={16} />}
            loading={retry.pending}
            onClick={() => void retry.run({ input }).then(after)}
          >
            Retry
          </Button>
        )}
        <PlanAgainButton migration={migration} />
        {migration.viewerCanPause && (
          <Button
            variant="default"
            leftSection={<IconPlayerPause size={16} />}
            loading={pause.pending}
            onClick={() => void pause.run({ input }).then(after)}
          >
            Pause
          </Button>
        )}
        {migration.viewerCanResume && (
          <Button
            leftSection={<IconPlayerPlay size={16} />}
            loading={resume.pending}
            onClick={() => void resume.run({ input }).then(after)}
          >
            Resume
          </Button>
        )}
        {migration.viewerCanUndo && (
          <Button
            component={Link}
            to={`/migrations/${migration.id}/undo`}
            variant="default"
            leftSection={<IconArrowBackUp size={16} />}
          >
            Undo…
          </Button>
        )}
        {migration.viewerCanCancel && <StopButton migration={migration} onStopped={after} />}
      </div>
      <ActionNotice problem={start.problem ?? pause.problem ?? resume.problem ?? retry.problem} />
    </div>
  );
}

function StopButton(props: { migration: DetailedMigration; onStopped: (done: unknown) => void }) {
  const { migration } = props;
  const [asking, setAsking] = useState(false);
  const cancel = useAction(CancelMigrationDocument);
  const confirm = async () => {
    const done = await cancel.run({ input: { migrationId: migration.id } });
    if (done) {
      setAsking(false);
      props.onStopped(done);
    }
  };
  const close = () => {
    setAsking(false);
    cancel.clear();
  };
  return (
    <>
      <Button
        variant="default"
        className={classes.stop}
        leftSection={<IconPlayerStop size={16} />}
        onClick={() => setAsking(true)}
      >
        Stop…
      </Button>
      <ConfirmDialog
        opened={asking}
        title={`Stop ${migration.name}?`}
        confirmLabel="Stop migration"
        danger
        typeToConfirm={migration.name}
        pending={cancel.pending}
        error={<ActionNotice problem={cancel.problem} />}
        onConfirm={() => void confirm()}
        onClose={close}
      >
        <p>
          {migration.startedAt
            ? "It stops after the batch that is running. People copied so far stay as they are; nobody else is copied, and the migration cannot be resumed. It can be undone."
            : "The plan is discarded and the migration cannot be started any more. Nothing has changed on either site."}
        </p>
        {migration.viewerCanPause && <p className="muted">To go on later, pause it instead.</p>}
      </ConfirmDialog>
    </>
  );
}
