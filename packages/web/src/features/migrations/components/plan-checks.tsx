import { Button } from "@mantine/core";
import { IconChevronRight } from "@tabler/icons-react";
import { formatCount, formatNumberOf } from "../../../shared/number-format.ts";
import { FactList } from "../../../ui/fact-list.tsx";
import { Panel } from "../../../ui/panel.tsx";
import { StatusBadge } from "../../../ui/status-badge.tsx";
import { TimeText } from "../../../ui/time-text.tsx";
import type { Tone } from "../../../ui/tone.ts";
import type { PlannedMigration } from "../plan-page.tsx";
import classes from "./plan.module.css";

type Check = PlannedMigration["checks"][number];

const order = { BLOCKER: 0, WARNING: 1, INFO: 2 };

/** The checks, open ones first; each expands to who can fix it and how. */
export function PlanChecks(props: { checks: readonly Check[]; onRecheck?: () => void; pending: boolean }) {
  const checks = props.checks.toSorted(
    (one, other) => Number(one.passed) - Number(other.passed) || order[one.severity] - order[other.severity],
  );
  const open = checks.filter((check) => !check.passed);
  const blockers = open.filter((check) => check.severity === "BLOCKER").length;
  return (
    <Panel
      title="Checks"
      description={describeOpen(open.length, blockers)}
      flush
      actions={
        props.onRecheck && (
          <Button variant="default" size="xs" loading={props.pending} onClick={props.onRecheck}>
            Re-check
          </Button>
        )
      }
    >
      <ul className={classes.checks}>
        {checks.map((check) => (
          <li key={check.code}>
            <CheckRow check={check} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function CheckRow(props: { check: Check }) {
  const { check } = props;
  const status = checkStatus(check);
  return (
    <details className={classes.check}>
      <summary>
        <IconChevronRight size={15} aria-hidden className={classes.chevron} />
        <span className={classes.checkStatus}>
          <StatusBadge tone={status.tone}>{status.label}</StatusBadge>
        </span>
        <span className={classes.checkTitle}>
          {check.title}
          {!check.passed && <span className={classes.checkDetail}>{check.detail}</span>}
        </span>
        {check.affected !== null && check.affected > 0 && (
          <span className={classes.checkCount}>{formatCount(check.affected)} affected</span>
        )}
      </summary>
      <div className={classes.checkBody}>
        {check.passed && <p>{check.detail}</p>}
        {!check.passed && (
          <FactList
            facts={[
              { label: "Who can fix it", value: check.who },
              { label: "How", value: check.fix },
            ]}
          />
        )}
        {check.examples.length > 0 && (
          <p>
            <span className="muted">For example: </span>
            {check.examples.join(", ")}
          </p>
        )}
        <p className={classes.checkedAt}>
          Checked <TimeText value={check.checkedAt} />
        </p>
      </div>
    </details>
  );
}

function checkStatus(check: Check): { tone: Tone; label: string } {
  if (check.passed) {
    return { tone: "good", label: "Passed" };
  }
  if (check.severity === "BLOCKER") {
    return { tone: "bad", label: "Blocks" };
  }
  return check.severity === "WARNING" ? { tone: "warn", label: "Warning" } : { tone: "info", label: "Note" };
}

function describeOpen(open: number, blockers: number): string {
  if (open === 0) {
    return "All passed.";
  }
  return blockers > 0
    ? `${formatNumberOf(blockers, "check blocks", "checks block")} the approval.`
    : `${formatNumberOf(open, "warning or note", "warnings and notes")}; none blocks the approval.`;
}
