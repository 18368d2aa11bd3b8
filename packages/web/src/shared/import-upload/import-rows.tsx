import { useQuery } from "@apollo/client/react";
import { useState } from "react";
import { DataTable, type Column } from "../../ui/data-table.tsx";
import { ToggleGroup } from "../../ui/toggle-group.tsx";
import { Pager } from "../../ui/pager.tsx";
import { EmptyState } from "../../ui/page-states.tsx";
import { QueryError } from "../query-view.tsx";
import { useKeysetPager, type PageSearch } from "../use-keyset-pager.ts";
import {
  ImportFileRowsDocument,
  type ImportFileFieldsFragment,
  type ImportFileRowsQuery,
} from "./import-file.generated.ts";
import classes from "./import-upload.module.css";

type Row = NonNullable<ImportFileRowsQuery["importFile"]>["rows"]["edges"][number]["node"];
const pageSize = 25;

/** The first rows of a file as they were read, or only those with a problem or a warning. */
export function ImportRows(props: { file: ImportFileFieldsFragment }) {
  const { file } = props;
  const [problemsOnly, setProblemsOnly] = useState(false);
  const [page, setPage] = useState<PageSearch>({});
  const pager = useKeysetPager(pageSize, page, setPage);
  const query = useQuery(ImportFileRowsDocument, {
    variables: { id: file.id, after: page.after ?? null, withProblem: problemsOnly || null },
    fetchPolicy: "no-cache",
  });
  const rows = (query.data ?? query.previousData)?.importFile?.rows;
  if (query.error && !rows) {
    return <QueryError error={query.error} what="the rows" refetch={query.refetch} />;
  }
  return (
    <div className={classes.box}>
      <div className={classes.boxHead}>
        <h3>Rows</h3>
        <ToggleGroup
          label="Rows to show"
          value={problemsOnly ? "problems" : "all"}
          onChange={(value) => {
            setProblemsOnly(value === "problems");
            setPage({});
          }}
          options={[
            { value: "all", label: "All rows" },
            { value: "problems", label: "Problems and warnings" },
          ]}
        />
      </div>
      <DataTable
        caption={`Rows of ${file.fileName}`}
        rows={rows?.edges.map((edge) => edge.node)}
        rowKey={(row) => String(row.rowNumber)}
        busy={query.loading}
        columns={columnsFor(file)}
        empty={
          <EmptyState title="No row has a problem">Every row of the file can be used as it is.</EmptyState>
        }
        footer={
          rows && (
            <Pager
              offset={pager.offset}
              shown={rows.edges.length}
              total={rows.totalCount}
              hasNext={rows.pageInfo.hasNextPage}
              onPrevious={pager.previous}
              onNext={() => pager.next(rows.pageInfo.endCursor)}
            />
          )
        }
      />
    </div>
  );
}

function columnsFor(file: ImportFileFieldsFragment): Column<Row>[] {
  return [
    { id: "number", header: "Row", numeric: true, width: "56px", cell: (row) => row.rowNumber },
    ...file.columns.slice(0, 6).map((column) => ({
      id: `cell-${column.index}`,
      header: column.header || `Column ${column.index + 1}`,
      cell: (row: Row) => row.cells[column.index] ?? "",
    })),
    {
      id: "problem",
      header: "Problem",
      width: "30%",
      cell: (row) => <RowRemarks row={row} />,
    },
  ];
}

function RowRemarks(props: { row: Row }) {
  const { problem, problemColumn, warning } = props.row;
  return (
    <>
      {problem && (
        <div className={classes.problem}>
          {problemColumn && <strong>{problemColumn}: </strong>}
          {problem}
        </div>
      )}
      {warning && <div className={classes.warning}>Warning: {warning}</div>}
    </>
  );
}
