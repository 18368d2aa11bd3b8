import { formatBand } from "../../../shared/eta.ts";
import type { MigrationProgressFieldsFragment } from "../../../shared/live/migration-live.generated.ts";
import type { DetailedMigration } from "../migration-page.tsx";
import classes from "./migration.module.css";

/** What the estimate is based on; after the end, how the estimates held. */
export function OutlookItem(props: {
  progress: MigrationProgressFieldsFragment;
  score: DetailedMigration["estimateScore"];
}) {
  const { progress, score } = props;
  if (score) {
    const error =
      score.meanErrorPercent === null
        ? ""
        : `; their middle was ${Math.round(score.meanErrorPercent)}% off on average`;
    return (
      <li className={classes.outlook}>
        Estimates held: {score.held} of {score.made}
        {error}
      </li>
    );
  }
  const { estimate } = progress;
  if (!estimate || progress.stall || !["RUNNING", "PAUSED", "VERIFYING"].includes(progress.state)) {
    return null;
  }
  const band = formatBand(estimate.low, estimate.high);
  return (
    <li className={classes.outlook}>
      {progress.state === "PAUSED" && band ? `${band} of work left, from ` : "Estimate from "}
      {band ? estimate.basis : "the run itself: nothing was measured yet"}
    </li>
  );
}
