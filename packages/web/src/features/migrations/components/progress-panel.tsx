import { Anchor, Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { IconDownload } from "@tabler/icons-react";
import { formatBand, formatDuration } from "../../../shared/eta.ts";
import type { MigrationProgressFieldsFragment } from "../../../shared/live/migration-live.generated.ts";
import { progressParts } from "../../../shared/migration/migration-progress-cell.tsx";
import { formatCount, formatPeople, percentOf } from "../../../shared/number-format.ts";
import { Notice } from "../../../ui/notice.tsx";
import { Panel } from "../../../ui/panel.tsx";
import { ProgressBar } from "../../../ui/progress-bar.tsx";
import { Stepper } from "../../../ui/stepper.tsx";
import type { DetailedMigration } from "../migration-page.tsx";
import { stepsFor } from "../migration-steps.ts";
import { AwaitedApproval } from "./approvals.tsx";
import { BrakeNotice, isHeld } from "./brake-notice.tsx";
import classes from "./migration.module.css";
import { OutlookItem } from "./outlook-item.tsx";
import { StallNotice } from "./stall-notice.tsx";

type Progress = MigrationProgressFieldsFragment;

/** The phases, the one big bar, and what the state asks of the reader. */
export function ProgressPanel(props: {
  migration: DetailedMigration;
  progress: Progress;
  onChanged: () => Promise<unknown>;
}) {
  const { migration, progress } = props;
  const steps = stepsFor({
    state: progress.state,
    startedAt: progress.startedAt,
    hasPlan: migration.plan !== null,
  });
  return (
    <Panel>
      <div className={classes.progress}>
        <Stepper label="Phases" steps={steps} />
        {progress.startedAt && <BigProgress migration={migration} progress={progress} />}
        <StateNotice migration={migration} progress={progress} onChanged={props.onChanged} />
      </div>
    </Panel>
  );
}

function BigProgress(props: { migration: DetailedMigration; progress: Progress }) {
  const { progress } = props;
  const percent = percentOf(progress.processed, progress.total);
  const valueText = `${percent} per cent, ${formatCount(progress.processed)} of ${formatPeople(progress.total)}`;
  return (
    <div>
      <div className={classes.figures}>
        <span className={classes.percent}>{percent}%</span>
        <span className={classes.done}>
          {formatCount(progress.processed)} of {formatPeople(progress.total)}
        </span>
        <span className={classes.speed}>{describeSpeed(progress)}</span>
      </div>
      <ProgressBar
        size="lg"
        label={`Progress of ${props.migration.name}`}
        max={progress.total}
        parts={progressParts(progress)}
        valueText={valueText}
      />
      <ul className={classes.legend}>
        <li data-tone="info">Successful {formatCount(progress.successful)}</li>
        <li data-tone="warn">Requires attention {formatCount(progress.requiresAttention)}</li>
        <li data-tone="bad">Failed {formatCount(progress.failed)}</li>
        <OutlookItem progress={progress} score={props.migration.estimateScore} />
      </ul>
    </div>
  );
}

function describeSpeed(progress: Progress): string {
  if (progress.finishedAt && progress.startedAt) {
    return `Took ${formatDuration(Date.parse(progress.finishedAt) - Date.parse(progress.startedAt))}`;
  }
  const rate =
    progress.peoplePerSecond !== null && progress.state === "RUNNING"
      ? `${formatCount(Math.round(progress.peoplePerSecond))} people/s`
      : null;
  const band = progress.stall ? null : formatBand(progress.etaSecondsLow, progress.etaSecondsHigh);
  // Where no access proof was ever measured, only the people are foretold.
  const what = progress.estimate?.includesProof === false ? "people done in" : "done in";
  return [rate, band && `${what} ${band}`].filter(Boolean).join(" · ");
}

function StateNotice(props: {
  migration: DetailedMigration;
  progress: Progress;
  onChanged: () => Promise<unknown>;
}) {
  const { migration, progress } = props;
  if (progress.stall) {
    return <StallNotice stall={progress.stall} worker={migration.worker} />;
  }
  switch (progress.state) {
    case "DRAFT":
    case "PLANNED":
      return <PlanPrompt migration={migration} />;
    case "CHECKING":
      return <Notice tone="info" title="The plan is being made. Nothing changes on either site." />;
    case "APPROVED":
      return (
        <Notice tone="info" title="Approved, not started">
          {migration.viewerCanStart ? "Press Start when you are ready." : migration.whyNot}
        </Notice>
      );
    case "RUNNING":
    case "VERIFYING":
      return <p className="muted">You can close this page; the run goes on without it.</p>;
    case "PAUSED":
      return isHeld(migration) ? (
        <BrakeNotice migration={migration} onChanged={props.onChanged} />
      ) : (
        <Notice tone="warn" title="Paused at the edge of a batch">
          Nobody is half copied. {migration.viewerCanResume ? "Resume when you are ready." : migration.whyNot}
        </Notice>
      );
    case "COMPLETED":
    case "COMPLETED_WITH_ATTENTION":
      return <CompleteNotice migration={migration} progress={progress} />;
    case "FAILED":
      return (
        <Notice tone="bad" title="The migration failed">
          {migration.failure ?? "The server gave no reason."}
        </Notice>
      );
    case "CANCELLED":
      return (
        <Notice tone="neutral" title="Stopped">
          {formatPeople(progress.processed)} had been copied and stay as they are.
        </Notice>
      );
    case "UNDOING":
    case "UNDONE":
      return <UndoNotice migration={migration} over={progress.state === "UNDONE"} />;
    default:
      return null;
  }
}

function UndoNotice(props: { migration: DetailedMigration; over: boolean }) {
  const { migration, over } = props;
  return (
    <Notice
      tone={migration.undoSetAsideCount > 0 ? "warn" : "info"}
      title={over ? "The run was undone" : "The run is being undone"}
      actions={
        <Button component={Link} to={`/migrations/${migration.id}/undo`} size="xs">
          {over ? "Open the undo" : "Watch the undo"}
        </Button>
      }
    >
      {over && <UndoneCounts migration={migration} />}
    </Notice>
  );
}

/** What undos did to the run so far; nothing when there was none. */
function UndoneCounts(props: { migration: DetailedMigration }) {
  const { undoneCount, undoSetAsideCount: setAsideCount } = props.migration;
  if (undoneCount + setAsideCount === 0) {
    return null;
  }
  const aside = setAsideCount > 0 ? `, ${formatPeople(setAsideCount)} set aside` : "";
  return <div>{`${formatPeople(undoneCount)} put back by an undo${aside}.`}</div>;
}

function PlanPrompt(props: { migration: DetailedMigration }) {
  const { migration } = props;
  const planned = migration.state === "PLANNED";
  const open = (
    <Button component={Link} to={`/migrations/${migration.id}/plan`} size="xs">
      {planned ? "Review plan" : "Open plan"}
    </Button>
  );
  if (planned && migration.approvals.length > 0) {
    return <AwaitedApproval migration={migration} actions={open} />;
  }
  return (
    <Notice
      tone={planned ? "warn" : "info"}
      title={planned ? "The plan waits for approval" : "There is no plan yet"}
      actions={open}
    >
      Nothing has changed on either site.
    </Notice>
  );
}

function CompleteNotice(props: { migration: DetailedMigration; progress: Progress }) {
  const { migration, progress } = props;
  const group = migration.importedGroup;
  const open = progress.openAttention;
  return (
    <Notice
      tone={open > 0 ? "warn" : "good"}
      title={
        open > 0
          ? `Migration complete! ${formatPeople(open)} still ${open === 1 ? "needs" : "need"} attention`
          : "Migration complete!"
      }
      actions={
        <div className={classes.buttons}>
          {open > 0 && (
            <Button component={Link} to={`/migrations/${migration.id}/attention`} size="xs">
              Open the queue
            </Button>
          )}
          {migration.reportUrl && (
            <Button
              component="a"
              href={migration.reportUrl}
              download
              size="xs"
              variant="default"
              leftSection={<IconDownload size={14} />}
            >
              Download report
            </Button>
          )}
        </div>
      }
    >
      {group && group.pendingCount > 0 && (
        <>
          {formatPeople(group.pendingCount)} in{" "}
          <Anchor component={Link} to={`/groups/review/${group.id}`} inherit>
            {group.name}
          </Anchor>{" "}
          reach no service project until the group is reviewed.
        </>
      )}
      <UndoneCounts migration={migration} />
    </Notice>
  );
}
