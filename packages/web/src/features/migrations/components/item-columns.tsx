import { Anchor } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { StatusBadge } from "../../../ui/status-badge.tsx";
import type { Column } from "../../../ui/data-table.tsx";
import { accountTypeWords, outcomeWords } from "../../../shared/words.ts";
import type { MigrationItemRowFragment } from "../migration-items.generated.ts";
import classes from "./items.module.css";

type Item = MigrationItemRowFragment;

const person: Column<Item> = {
  id: "email",
  header: "Email",
  cell: (item) => (
    <span className={classes.person}>
      <span className={classes.email}>{item.email || `Row ${item.rowNumber ?? item.ordinal}`}</span>
      {item.name && <span className={classes.name}>{item.name}</span>}
      {item.warning && <span className={classes.warning}>{item.warning}</span>}
    </span>
  ),
};

/** The columns of the plan's preview: source, destination, what comes of it, and what to do. */
export const planColumns: Column<Item>[] = [
  person,
  { id: "source", header: "Source account type", cell: (item) => accountTypeWords[item.sourceType] },
  {
    id: "exists",
    header: "Exists on destination",
    cell: (item) => (item.existsOnDestination ? "Yes" : "No"),
  },
  {
    id: "destination",
    header: "Destination account type",
    cell: (item) => accountTypeWords[item.destinationType],
  },
  { id: "after", header: "Type after copying", cell: (item) => accountTypeWords[item.typeAfter] },
  {
    id: "action",
    header: "Recommended action",
    width: "26%",
    cell: (item) => <RecommendedAction item={item} />,
  },
];

function RecommendedAction(props: { item: Item }) {
  const { item } = props;
  if (item.plannedOutcome === "SUCCESSFUL") {
    return <span className="muted">{item.recommendedAction || "None"}</span>;
  }
  return (
    <span className={classes.action}>
      <StatusBadge tone={outcomeWords[item.plannedOutcome].tone}>
        {outcomeWords[item.plannedOutcome].label}
      </StatusBadge>
      <span>{item.recommendedAction}</span>
    </span>
  );
}

/** The columns of a run: what came of each person. */
export const outcomeColumns: Column<Item>[] = [
  person,
  { id: "source", header: "Source", hideBelow: "md", cell: (item) => accountTypeWords[item.sourceType] },
  {
    id: "destination",
    header: "Destination before",
    hideBelow: "lg",
    cell: (item) => accountTypeWords[item.destinationType],
  },
  { id: "after", header: "Type after copying", cell: (item) => accountTypeWords[item.typeAfter] },
  {
    id: "outcome",
    header: "Outcome",
    cell: (item) =>
      item.undoneAt ? (
        <StatusBadge tone="neutral">Undone</StatusBadge>
      ) : item.outcome ? (
        <StatusBadge tone={outcomeWords[item.outcome].tone}>{outcomeWords[item.outcome].label}</StatusBadge>
      ) : (
        <StatusBadge tone="neutral">Not yet</StatusBadge>
      ),
  },
  {
    id: "problem",
    header: "Problem and next step",
    width: "30%",
    cell: (item) =>
      item.problemText ? (
        <span className={classes.action}>
          <span>{item.problemText}</span>
          {item.nextStepText && <span className="muted">{item.nextStepText}</span>}
        </span>
      ) : (
        <span className="muted">–</span>
      ),
  },
];

/** The way to undo one person, for those who may. */
export function undoColumn(migrationId: string): Column<Item> {
  return {
    id: "undo",
    header: <span className="visually-hidden">Actions</span>,
    width: "84px",
    actions: true,
    cell: (item) =>
      item.outcome && !item.undoneAt ? (
        <Anchor
          component={Link}
          to={`/migrations/${migrationId}/undo?item=${item.id}`}
          aria-label={`Undo ${item.email}`}
          inherit
        >
          Undo…
        </Anchor>
      ) : null,
  };
}
