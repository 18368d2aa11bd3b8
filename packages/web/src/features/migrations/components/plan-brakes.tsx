import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { formatBand } from "../../../shared/eta.ts";
import { formatCount, formatNumberOf } from "../../../shared/number-format.ts";
import { brakeWords } from "../../../shared/words.ts";
import { DataTable, type Column } from "../../../ui/data-table.tsx";
import { Notice } from "../../../ui/notice.tsx";
import { Panel } from "../../../ui/panel.tsx";
import { StatusBadge } from "../../../ui/status-badge.tsx";
import type { PlannedMigration } from "../plan-page.tsx";
import classes from "./plan.module.css";

type Brake = PlannedMigration["brakes"][number];

/** What pauses the run before too much is done, what the plan foretells of it, and how long the run takes. */
export function PlanBrakes(props: { migration: PlannedMigration }) {
  const { migration } = props;
  const tripping = migration.brakes.filter((brake) => brake.wouldTrip);
  return (
    <Panel
      title="Brakes"
      description={describeDuration(migration.estimate)}
      flush
      actions={
        migration.viewerCanApprove && (
          <Button component={Link} to="/organization" hash="brakes" variant="default" size="xs">
            Change limits
          </Button>
        )
      }
    >
      {tripping.length > 0 && (
        <div className={classes.brakeNotice}>
          <Notice
            tone="warn"
            title={`This plan would trip ${formatNumberOf(tripping.length, "brake")}: ${tripping.map((brake) => brakeWords[brake.brake].label.toLowerCase()).join(", ")}`}
          >
            The run pauses before the batch that would pass the limit, until somebody releases the brake with
            a reason.
          </Notice>
        </div>
      )}
      <DataTable
        caption="Brakes"
        rows={migration.brakes}
        rowKey={(brake) => brake.brake}
        columns={columns}
        fullHeight
        empty={<p className={`muted ${classes.brakeNotice}`}>This run was approved without brakes.</p>}
      />
    </Panel>
  );
}

const columns: Column<Brake>[] = [
  {
    id: "brake",
    header: "Pauses on",
    cell: (brake) => (
      <>
        {brakeWords[brake.brake].label}
        <div className="muted">People who {brake.meaning}</div>
      </>
    ),
  },
  {
    id: "limit",
    header: "At most",
    numeric: true,
    cell: (brake) =>
      brake.percent >= 100 ? (
        "Off"
      ) : (
        <>
          {formatCount(brake.most)}
          <div className="muted">
            {brake.percent}%, from {formatCount(brake.leastPeople)}
          </div>
        </>
      ),
  },
  {
    id: "forecast",
    header: "Forecast",
    numeric: true,
    cell: (brake) =>
      brake.brake === "FAILURES" ? <span className="muted">–</span> : formatCount(brake.forecast ?? 0),
  },
  {
    id: "state",
    header: "Result",
    hideBelow: "sm",
    cell: (brake) => <ForecastResult brake={brake} />,
  },
];

function ForecastResult({ brake }: { brake: Brake }) {
  if (brake.percent >= 100) {
    return <StatusBadge tone="neutral">Switched off</StatusBadge>;
  }
  if (brake.wouldTrip) {
    return <StatusBadge tone="warn">Would trip</StatusBadge>;
  }
  // No plan can foretell what the database refuses or who changes after it.
  return brake.brake === "FAILURES" ? (
    <StatusBadge tone="neutral">Counted in the run</StatusBadge>
  ) : (
    <StatusBadge tone="good">Within</StatusBadge>
  );
}

function describeDuration(estimate: PlannedMigration["estimate"]): string | undefined {
  if (!estimate) {
    return undefined;
  }
  const band = formatBand(estimate.low, estimate.high);
  return band ? `The run takes about ${band}, by ${estimate.basis}.` : estimate.basis;
}
