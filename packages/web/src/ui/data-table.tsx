import type { KeyboardEvent, MouseEvent, ReactNode } from "react";
import classes from "./data-table.module.css";
import { SkeletonRows } from "./skeleton-rows.tsx";

/** One column. `numeric` right-aligns with tabular numerals; `hideBelow` drops it on narrow screens. */
export interface Column<Row> {
  id: string;
  header: ReactNode;
  cell: (row: Row) => ReactNode;
  numeric?: boolean;
  width?: string;
  hideBelow?: "sm" | "md" | "lg";
  /** Actions appear on hover and on focus of the row. */
  actions?: boolean;
}

/**
 * The list surface: a native table with a sticky header. `rows` undefined means still loading (skeleton rows);
 * `empty` stands in the table's place when there are none. `onOpen` makes the whole row clickable; the row's
 * own link stays the accessible way in.
 */
export function DataTable<Row>(props: {
  caption: string;
  columns: Column<Row>[];
  rows: readonly Row[] | undefined;
  rowKey: (row: Row) => string;
  empty?: ReactNode;
  footer?: ReactNode;
  onOpen?: (row: Row) => void;
  selectedKey?: string | null;
  isMarked?: (row: Row) => boolean;
  /** Old rows stay on screen while new ones load. */
  busy?: boolean;
  minWidth?: string;
  skeletonCount?: number;
  /** Shows all rows instead of scrolling within the window: for short tables. */
  fullHeight?: boolean;
}) {
  if (props.rows?.length === 0 && props.empty) {
    return <>{props.empty}</>;
  }
  return (
    <div className={classes.frame} data-busy={props.busy || undefined}>
      <section
        className={classes.scroll}
        data-full={props.fullHeight || undefined}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must take the keyboard
        tabIndex={0}
        aria-label={`${props.caption}, table`}
      >
        <table className={classes.table} style={{ minWidth: props.minWidth }}>
          <caption className="visually-hidden">{props.caption}</caption>
          <thead>
            <tr>
              {props.columns.map((column) => (
                <th
                  key={column.id}
                  scope="col"
                  style={{ width: column.width }}
                  data-numeric={column.numeric || undefined}
                  data-hide={column.hideBelow}
                >
                  {column.header}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {props.rows === undefined ? (
              <SkeletonRows columns={props.columns.length} rows={props.skeletonCount ?? 8} />
            ) : (
              props.rows.map((row) => <TableRow key={props.rowKey(row)} row={row} table={props} />)
            )}
          </tbody>
        </table>
      </section>
      {props.footer}
    </div>
  );
}

interface RowSettings<Row> {
  columns: Column<Row>[];
  rowKey: (row: Row) => string;
  onOpen?: (row: Row) => void;
  selectedKey?: string | null;
  isMarked?: (row: Row) => boolean;
}

function TableRow<Row>(props: { row: Row; table: RowSettings<Row> }) {
  const { row, table } = props;
  const onOpen = table.onOpen;
  const key = table.rowKey(row);
  return (
    <tr
      data-row={key}
      data-clickable={onOpen ? true : undefined}
      data-selected={table.selectedKey === key || undefined}
      data-marked={table.isMarked?.(row) || undefined}
      onClick={onOpen ? (event) => openUnlessControl(event, () => onOpen(row)) : undefined}
    >
      {table.columns.map((column) => (
        <td
          key={column.id}
          data-numeric={column.numeric || undefined}
          data-hide={column.hideBelow}
          data-actions={column.actions || undefined}
        >
          {column.cell(row)}
        </td>
      ))}
    </tr>
  );
}

/** A click on a link, button or field inside the row is that control's; so is one that ends a text selection. */
function openUnlessControl(event: MouseEvent | KeyboardEvent, open: () => void): void {
  const target = event.target as HTMLElement;
  if (target.closest("a, button, input, label, select, time") || window.getSelection()?.toString()) {
    return;
  }
  open();
}
