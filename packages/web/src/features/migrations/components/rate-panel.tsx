import { lazy, Suspense, useState } from "react";
import type { RatePoint } from "../../../shared/live/event-log.ts";
import { formatCount } from "../../../shared/number-format.ts";
import { DataTable } from "../../../ui/data-table.tsx";
import { EmptyState } from "../../../ui/page-states.tsx";
import { Panel } from "../../../ui/panel.tsx";
import { formatClock } from "../../../ui/time-text.tsx";
import { ToggleGroup } from "../../../ui/toggle-group.tsx";

// The chart library throws while loading where the browser's language is no language tag, as under a POSIX locale.
const RateChart = lazy(() => import("./rate-chart.tsx").catch(() => ({ default: NoChart })));
const chartHeight = 260;

/** People per second over the run, as a chart or as the table it is drawn from. */
export function RatePanel(props: { points: readonly RatePoint[]; running: boolean }) {
  const { points } = props;
  const [view, setView] = useState<"chart" | "table">("chart");
  return (
    <Panel
      title="Speed"
      description={describeSpeed(points)}
      flush={view === "table" && points.length > 0}
      actions={
        <ToggleGroup
          label="Show speed as"
          value={view}
          onChange={setView}
          options={[
            { value: "chart", label: "Chart" },
            { value: "table", label: "Table" },
          ]}
        />
      }
    >
      {points.length === 0 || (points.length === 1 && !props.running) ? (
        <EmptyState title={points.length === 0 ? "No speed yet" : "Too short to draw"}>
          {props.running
            ? "The first seconds of the run are being counted."
            : "It is measured each second while the run copies people."}
        </EmptyState>
      ) : view === "chart" ? (
        <Suspense fallback={<div style={{ height: chartHeight }} />}>
          <RateChart points={points} height={chartHeight} />
        </Suspense>
      ) : (
        <DataTable
          caption="People per second"
          rows={points.toReversed().slice(0, 200)}
          rowKey={(point) => String(point.at)}
          columns={[
            { id: "at", header: "Until", cell: (point) => formatClock(point.at * 1_000) },
            {
              id: "rate",
              header: "People per second",
              numeric: true,
              cell: (point) => point.perSecond.toFixed(1),
            },
          ]}
        />
      )}
    </Panel>
  );
}

function NoChart() {
  return <EmptyState title="No chart in this browser">The table has the same numbers.</EmptyState>;
}

function describeSpeed(points: readonly RatePoint[]): string | undefined {
  if (points.length === 0) {
    return undefined;
  }
  const sorted = points.map((point) => point.perSecond).toSorted((one, other) => one - other);
  const median = sorted[Math.floor(sorted.length / 2)] ?? 0;
  const top = sorted.at(-1) ?? 0;
  return `Median ${formatCount(Math.round(median))} people/s, at most ${formatCount(Math.round(top))}.`;
}
