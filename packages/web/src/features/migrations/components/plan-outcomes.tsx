import { Button } from "@mantine/core";
import { accountTypeWords, destinationStateWords, effectWords, outcomeWords } from "../../../shared/words.ts";
import { Count } from "../../../ui/count.tsx";
import { DataTable } from "../../../ui/data-table.tsx";
import { Panel } from "../../../ui/panel.tsx";
import { StatusBadge } from "../../../ui/status-badge.tsx";
import type { PlannedMigration } from "../plan-page.tsx";
import type { ItemSearch } from "../search-params.ts";
import { groupOutcomes, type OutcomeGroup } from "./plan-outcome-groups.ts";
import classes from "./plan.module.css";

/** The outcome table with its counts: what meets what, and what comes of it. A count filters the people below. */
export function PlanOutcomes(props: {
  plan: NonNullable<PlannedMigration["plan"]>;
  search: ItemSearch;
  onSearch: (next: ItemSearch) => void;
}) {
  return (
    <Panel
      title="Outcomes"
      description="Every person falls in exactly one row. Choose a count to see them below."
      flush
    >
      <DataTable
        caption="Outcomes with their number of people"
        rows={groupOutcomes(props.plan.rows)}
        rowKey={keyOf}
        fullHeight
        minWidth="860px"
        isMarked={(row) => isChosen(row, props.search)}
        columns={[
          {
            id: "count",
            header: "People",
            numeric: true,
            width: "80px",
            cell: (row) => (
              <button
                type="button"
                className={classes.countButton}
                aria-pressed={isChosen(row, props.search)}
                onClick={() => props.onSearch(isChosen(row, props.search) ? unfiltered : filterFor(row))}
              >
                <Count value={row.count} />
                <span className="visually-hidden"> people, show them</span>
              </button>
            ),
          },
          { id: "source", header: "Source", cell: (row) => accountTypeWords[row.sourceType] },
          {
            id: "destination",
            header: "On the destination",
            cell: (row) =>
              row.destinationState ? (
                destinationStateWords[row.destinationState]
              ) : (
                <span className="muted">Anything</span>
              ),
          },
          { id: "effect", header: "What is done", cell: (row) => effectWords[row.effect] },
          {
            id: "after",
            header: "Type after",
            cell: (row) =>
              row.typeAfter ? accountTypeWords[row.typeAfter] : <span className="muted">As before</span>,
          },
          {
            id: "outcome",
            header: "Outcome",
            cell: (row) => (
              <StatusBadge tone={outcomeWords[row.outcome].tone}>
                {outcomeWords[row.outcome].label}
              </StatusBadge>
            ),
          },
          {
            id: "problem",
            header: "Problem and next step",
            width: "28%",
            cell: (row) =>
              row.problemText ? (
                <>
                  <div>{row.problemText}</div>
                  <div className="muted">{row.nextStepText}</div>
                </>
              ) : (
                <span className="muted">–</span>
              ),
          },
        ]}
      />
      <div className={classes.outcomesFoot}>
        <span>
          <Count value={props.plan.rows.reduce((sum, row) => sum + row.count, 0)} /> people in all
        </span>
        <Button variant="subtle" size="compact-sm" onClick={() => props.onSearch(unfiltered)}>
          Show everyone
        </Button>
      </div>
    </Panel>
  );
}

const unfiltered: ItemSearch = {
  search: undefined,
  outcome: undefined,
  sourceType: undefined,
  destinationState: undefined,
  effect: undefined,
  problem: undefined,
  after: undefined,
  page: undefined,
};

function filterFor(row: OutcomeGroup): ItemSearch {
  return {
    ...unfiltered,
    outcome: row.outcome,
    sourceType: row.sourceType,
    destinationState: row.destinationState ?? undefined,
    effect: row.effect,
    problem: row.problem ?? undefined,
  };
}

function isChosen(row: OutcomeGroup, search: ItemSearch): boolean {
  return (
    row.outcome === search.outcome &&
    row.sourceType === search.sourceType &&
    (row.destinationState ?? undefined) === search.destinationState &&
    row.effect === search.effect &&
    (row.problem ?? undefined) === search.problem
  );
}

function keyOf(row: OutcomeGroup): string {
  return [row.sourceType, row.destinationState, row.typeAfter, row.effect, row.outcome, row.problem].join(
    ":",
  );
}
