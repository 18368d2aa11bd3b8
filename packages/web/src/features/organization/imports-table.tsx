import { Link } from "@tanstack/react-router";
import { IconFileUpload } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { fileKindWords, importStateWords } from "../../shared/import-upload/import-fields.ts";
import { formatBytes } from "../../shared/number-format.ts";
import { Count } from "../../ui/count.tsx";
import { DataTable, type Column } from "../../ui/data-table.tsx";
import { EmptyState } from "../../ui/page-states.tsx";
import { StatusBadge } from "../../ui/status-badge.tsx";
import { TimeText } from "../../ui/time-text.tsx";
import type { ImportLineFragment } from "./import-line.generated.ts";

/** The page of one uploaded file, by where it went. */
type ImportPages = "/organization/sites/$id/imports/$import" | "/organization/products/$id/imports/$import";

/** The files uploaded to a site or product; undefined while they load. */
export function ImportsTable(props: {
  imports: readonly ImportLineFragment[] | undefined;
  page: ImportPages;
  placeId: string;
  /** What to do when there is none. */
  empty: ReactNode;
}) {
  return (
    <DataTable
      caption="Uploaded files"
      columns={[fileColumn(props.page, props.placeId), ...importColumns]}
      rows={props.imports}
      rowKey={(file) => file.id}
      skeletonCount={2}
      empty={
        <EmptyState title="No files yet" icon={<IconFileUpload size={22} aria-hidden />}>
          {props.empty}
        </EmptyState>
      }
    />
  );
}

function fileColumn(page: ImportPages, placeId: string): Column<ImportLineFragment> {
  return {
    id: "file",
    header: "File",
    cell: (file) => (
      <>
        <Link to={page} params={{ id: placeId, import: file.id }}>
          {file.fileName}
        </Link>
        <div className="muted">
          {fileKindWords[file.fileKind]}
          {file.isCorrection && ", correction"}, {formatBytes(file.bytes)}
        </div>
      </>
    ),
  };
}

const importColumns: Column<ImportLineFragment>[] = [
  {
    id: "state",
    header: "State",
    cell: (file) => (
      <StatusBadge tone={importStateWords[file.state].tone}>{importStateWords[file.state].label}</StatusBadge>
    ),
  },
  {
    id: "rows",
    header: "Rows",
    numeric: true,
    hideBelow: "sm",
    cell: (file) => <Count value={file.state === "RECEIVING" ? null : file.totalRows} />,
  },
  {
    id: "bad",
    header: "With problems",
    numeric: true,
    hideBelow: "sm",
    cell: (file) => <Count value={file.state === "RECEIVING" ? null : file.badRows} />,
  },
  {
    id: "when",
    header: "Uploaded",
    hideBelow: "md",
    cell: (file) => (
      <>
        <TimeText value={file.createdAt} format="relative" />{" "}
        <span className="muted">by {file.createdBy.name}</span>
      </>
    ),
  },
];
