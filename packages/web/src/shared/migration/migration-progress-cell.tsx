import { formatProgress } from "../eta.ts";
import type { MigrationProgressFieldsFragment } from "../live/migration-live.generated.ts";
import { ProgressBar } from "../../ui/progress-bar.tsx";
import classes from "./migration.module.css";

/** "412k/1.0M 41% · ETA 36–41 min" over a thin bar; a dash while there is nothing to measure. */
export function MigrationProgressCell(props: { progress: MigrationProgressFieldsFragment; name: string }) {
  const { progress } = props;
  if (progress.total === 0 || ["PLANNED", "APPROVED", "DRAFT", "CHECKING"].includes(progress.state)) {
    return <span className="muted">–</span>;
  }
  const text = formatProgress(progress);
  return (
    <div className={classes.progress}>
      <span className={classes.progressText}>{text}</span>
      <ProgressBar
        label={`Progress of ${props.name}`}
        max={progress.total}
        valueText={text}
        parts={progressParts(progress)}
      />
    </div>
  );
}

/** The bar's parts: what went well, what needs someone, what was not copied. */
export function progressParts(progress: { successful: number; requiresAttention: number; failed: number }) {
  return [
    { label: "successful", tone: "info" as const, value: progress.successful },
    { label: "requires attention", tone: "warn" as const, value: progress.requiresAttention },
    { label: "failed", tone: "bad" as const, value: progress.failed },
  ];
}
