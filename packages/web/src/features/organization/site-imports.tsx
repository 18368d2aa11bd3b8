import { useQuery } from "@apollo/client/react";
import { Link } from "@tanstack/react-router";
import { IconFileUpload } from "@tabler/icons-react";
import { fileKindWords, importStateWords } from "../../shared/import-upload/import-fields.ts";
import { ImportUpload } from "../../shared/import-upload/import-upload.tsx";
import { formatBytes } from "../../shared/number-format.ts";
import { QueryError } from "../../shared/query-view.tsx";
import { Count } from "../../ui/count.tsx";
import { DataTable, type Column } from "../../ui/data-table.tsx";
import { Notice } from "../../ui/notice.tsx";
import { EmptyState, listNames } from "../../ui/page-states.tsx";
import { Panel } from "../../ui/panel.tsx";
import { StatusBadge } from "../../ui/status-badge.tsx";
import { TimeText } from "../../ui/time-text.tsx";
import classes from "./organization.module.css";
import { SiteImportsDocument, type SiteImportsQuery, type SiteOverviewQuery } from "./site.generated.ts";

type Site = NonNullable<SiteOverviewQuery["site"]>;
type ImportRow = NonNullable<SiteImportsQuery["site"]>["imports"][number] & { siteId: string };

/** The files uploaded to a site, and the upload of the next one for who may. */
export function SiteImports(props: { site: Site; onApplied: () => void }) {
  const { site } = props;
  const query = useQuery(SiteImportsDocument, {
    variables: { id: site.id },
    skip: !site.viewerCanAdminister,
  });
  const imports = (query.data ?? query.previousData)?.site?.imports;
  const refresh = () => {
    query.refetch().catch(() => undefined);
    props.onApplied();
  };
  if (!site.viewerCanAdminister) {
    return <UploadsForbidden site={site} />;
  }
  return (
    <Panel
      title="Uploads"
      description="Customers, requests and service projects, as CSV. A second file updates by email and type and removes nothing."
      flush
    >
      <div className={classes.upload}>
        <ImportUpload siteId={site.id} siteName={site.name} onApplied={refresh} />
      </div>
      {query.error && !imports ? (
        <QueryError error={query.error} what="the uploads" refetch={query.refetch} />
      ) : (
        <DataTable
          caption="Uploaded files"
          columns={importColumns}
          rows={imports?.map((file) => ({ ...file, siteId: site.id }))}
          rowKey={(file) => file.id}
          skeletonCount={2}
          empty={
            <EmptyState title="No files yet" icon={<IconFileUpload size={22} aria-hidden />}>
              Choose a customers file above to put people on {site.name}.
            </EmptyState>
          }
        />
      )}
    </Panel>
  );
}

function UploadsForbidden(props: { site: Site }) {
  const { site } = props;
  const grantors = [...site.admins, ...site.organization.admins].map((admin) => admin.account.name);
  return (
    <Notice tone="neutral" title={`Uploading files needs a site admin of ${site.name}`}>
      {grantors.length > 0 && `${listNames([...new Set(grantors)])} can do it or make you one.`}
    </Notice>
  );
}

const importColumns: Column<ImportRow>[] = [
  {
    id: "file",
    header: "File",
    cell: (file) => (
      <>
        <Link to="/organization/sites/$id/imports/$import" params={{ id: file.siteId, import: file.id }}>
          {file.fileName}
        </Link>
        <div className="muted">
          {fileKindWords[file.fileKind]}
          {file.isCorrection && ", correction"}, {formatBytes(file.bytes)}
        </div>
      </>
    ),
  },
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
