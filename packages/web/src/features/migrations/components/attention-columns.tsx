import { Checkbox } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { Column } from "../../../ui/data-table.tsx";
import type { MigrationItemRowFragment } from "../migration-items.generated.ts";
import classes from "./attention.module.css";

/** The queue's columns: select, who, what is wrong, what to do. With a person open beside it, the list is narrow. */
export function attentionColumns(options: {
  selected: ReadonlySet<string>;
  onToggle: (id: string) => void;
  openId: string | undefined;
}): Column<MigrationItemRowFragment>[] {
  const narrow = options.openId !== undefined;
  const columns: Column<MigrationItemRowFragment>[] = [
    {
      id: "select",
      header: <span className="visually-hidden">Select</span>,
      width: "40px",
      cell: (item) => (
        <Checkbox
          size="xs"
          aria-label={`Select ${item.email}`}
          checked={options.selected.has(item.id)}
          onChange={() => options.onToggle(item.id)}
        />
      ),
    },
    {
      id: "person",
      header: "Person",
      width: narrow ? undefined : "28%",
      cell: (item) => (
        <span className={classes.person}>
          <Link to="." search={(old) => ({ ...old, item: item.id })} replace resetScroll={false}>
            {item.email || `Row ${item.rowNumber ?? item.ordinal}`}
          </Link>
          <span className={classes.secondary}>{narrow ? item.problemText : item.name}</span>
        </span>
      ),
    },
  ];
  if (narrow) {
    return columns;
  }
  return [
    ...columns,
    {
      id: "problem",
      header: "Problem",
      hideBelow: "sm",
      cell: (item) => item.problemText ?? item.detail ?? "–",
    },
    {
      id: "step",
      header: "Next step",
      width: "30%",
      cell: (item) => item.nextStepText ?? item.recommendedAction,
    },
  ];
}
