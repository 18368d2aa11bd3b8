import { useQuery } from "@apollo/client/react";
import { Button } from "@mantine/core";
import { useParams } from "@tanstack/react-router";
import { IconDownload } from "@tabler/icons-react";
import { describeMatch, knownFields } from "../../shared/import-upload/import-fields.ts";
import { ImportPreview } from "../../shared/import-upload/import-preview.tsx";
import { ImportRows } from "../../shared/import-upload/import-rows.tsx";
import type { ImportFileFieldsFragment } from "../../shared/import-upload/import-file.generated.ts";
import { formatBytes, formatNumberOf } from "../../shared/number-format.ts";
import { NotFoundState, QueryView } from "../../shared/query-view.tsx";
import { DataTable } from "../../ui/data-table.tsx";
import { PageStack } from "../../ui/layout.tsx";
import { PageHeader, type Crumb } from "../../ui/page-header.tsx";
import { Panel } from "../../ui/panel.tsx";
import { SkeletonBlock } from "../../ui/skeleton-rows.tsx";
import { TimeText } from "../../ui/time-text.tsx";
import classes from "./organization.module.css";
import { useOrganizationCrumbs } from "./use-organization-crumbs.ts";
import { ImportFilePageDocument, type ImportFilePageQuery } from "./import-page.generated.ts";

type ImportFile = NonNullable<ImportFilePageQuery["importFile"]>;

/** One uploaded file: counts, header matching, its rows with their problems, Apply and Discard. */
export function ImportPage() {
  const { import: importId = "" }: { import?: string } = useParams({ strict: false });
  const query = useQuery(ImportFilePageDocument, { variables: { id: importId } });
  const known = query.data?.importFile ?? null;
  return (
    <>
      <PageHeader
        title={known?.fileName ?? "Uploaded file"}
        crumbs={[...useOrganizationCrumbs(), ...crumbsOf(known)]}
        description={known && <UploadLine file={known} />}
        actions={
          known &&
          known.badRows > 0 && (
            <Button
              component="a"
              href={`/api/imports/${known.id}/rejected.csv`}
              variant="default"
              leftSection={<IconDownload size={16} aria-hidden />}
            >
              {formatNumberOf(known.badRows, "rejected row")} as CSV
            </Button>
          )
        }
      />
      <QueryView query={query} what="the uploaded file" skeleton={<SkeletonBlock height={420} />}>
        {({ importFile }) =>
          importFile ? (
            <PageStack>
              <Panel title="The file">
                <ImportPreview importId={importFile.id} />
              </Panel>
              {(importFile.state === "APPLIED" || importFile.state === "DISCARDED") && (
                <SettledFile file={importFile} />
              )}
            </PageStack>
          ) : (
            <Panel>
              <NotFoundState what="This upload" />
            </Panel>
          )
        }
      </QueryView>
    </>
  );
}

/** The site or product that the file went to. */
function crumbsOf(file: ImportFile | null): Crumb[] {
  return [
    ...(file?.site
      ? [{ label: file.site.name, to: "/organization/sites/$id", params: { id: file.site.id } }]
      : []),
    ...(file?.product
      ? [{ label: file.product.name, to: "/organization/products/$id", params: { id: file.product.id } }]
      : []),
  ];
}

function UploadLine(props: { file: ImportFile }) {
  const { file } = props;
  return (
    <>
      {formatBytes(file.bytes)} · uploaded by {file.createdBy.name}{" "}
      <TimeText value={file.createdAt} format="relative" />
      {file.appliedAt && (
        <>
          {" "}
          · applied <TimeText value={file.appliedAt} format="relative" />
        </>
      )}
    </>
  );
}

/** What the preview no longer offers once a file is settled: how it was read, and its rows. */
function SettledFile(props: { file: ImportFileFieldsFragment }) {
  const { file } = props;
  const headerOf = (field: string | null) =>
    knownFields[file.fileKind].find((known) => known.field === field)?.header ?? field;
  return (
    <>
      <div className={classes.surface}>
        <ImportRows file={file} />
      </div>
      <Panel title="How the columns were read" flush>
        <DataTable
          caption="Columns of the file"
          rows={file.columns}
          rowKey={(column) => String(column.index)}
          columns={[
            {
              id: "header",
              header: "In the file",
              cell: (column) => column.header || `Column ${column.index + 1}`,
            },
            {
              id: "field",
              header: "Used as",
              cell: (column) => headerOf(column.field) ?? <span className="muted">Not used</span>,
            },
            {
              id: "match",
              header: "Matched by",
              hideBelow: "sm",
              cell: (column) => (
                <span className="muted">{describeMatch(column.matchedBy, column.field)}</span>
              ),
            },
          ]}
        />
      </Panel>
    </>
  );
}
