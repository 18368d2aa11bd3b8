import { useQuery } from "@apollo/client/react";
import { Button } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { QueryError } from "../../../shared/query-view.tsx";
import { useKeysetPager } from "../../../shared/use-keyset-pager.ts";
import { useRefetchOn } from "../../../shared/use-refetch-on.ts";
import { accessChangeWords, filterOptions, proofCauseWords } from "../../../shared/words.ts";
import { DataTable, type Column } from "../../../ui/data-table.tsx";
import { FilterBar, FilterSelect } from "../../../ui/filter-bar.tsx";
import { EmptyState, NoMatches } from "../../../ui/page-states.tsx";
import { Pager } from "../../../ui/pager.tsx";
import { Panel } from "../../../ui/panel.tsx";
import { SearchField } from "../../../ui/search-field.tsx";
import { StatusBadge } from "../../../ui/status-badge.tsx";
import { AccessDifferencesDocument, type AccessDifferenceRowFragment } from "../access-proof.generated.ts";
import type { MigrationSearch } from "../search-params.ts";

const pageSize = 50;
const noFilters = { search: undefined, change: undefined, cause: undefined, unexplained: undefined };

/** Every change in access, filtered by the URL and read page by page. */
export function ProofDifferences(props: {
  migrationId: string;
  /** Changes when the proof was computed again. */
  version: string;
  csvUrl: string;
  search: MigrationSearch;
  onSearch: (next: MigrationSearch) => void;
}) {
  const { search } = props;
  const change = (next: MigrationSearch) => props.onSearch({ after: undefined, page: undefined, ...next });
  const pager = useKeysetPager(pageSize, search, props.onSearch);
  const query = useQuery(AccessDifferencesDocument, {
    variables: {
      migrationId: props.migrationId,
      filter: {
        change: search.change ?? null,
        cause: search.cause ?? null,
        explained: search.unexplained ? false : null,
        text: search.search ?? null,
      },
      first: pageSize,
      after: search.after ?? null,
    },
    fetchPolicy: "no-cache",
  });
  useRefetchOn(props.version, query.refetch);
  const list = (query.data ?? query.previousData)?.migration?.accessDifferences;
  const isFiltered = (Object.keys(noFilters) as (keyof typeof noFilters)[]).some((key) => search[key]);
  return (
    <Panel
      title="Changes in access"
      actions={
        <Button
          component="a"
          href={props.csvUrl}
          download
          size="xs"
          variant="default"
          leftSection={<IconDownload size={14} />}
        >
          Download AccessProof.csv
        </Button>
      }
      flush
    >
      <DifferenceFilters search={search} onChange={change} />
      {query.error && !list ? (
        <QueryError error={query.error} what="changes in access" refetch={query.refetch} />
      ) : (
        <DataTable
          caption="Changes in access"
          columns={columns}
          rows={list?.edges.map((edge) => edge.node)}
          rowKey={(row) => row.id}
          busy={query.loading && Boolean(list)}
          minWidth="720px"
          empty={
            isFiltered ? (
              <NoMatches what="changes in access" onClear={() => change(noFilters)} />
            ) : (
              <EmptyState title="Nobody’s access changed">
                Everyone reaches what they reached before.
              </EmptyState>
            )
          }
          footer={
            list && (
              <Pager
                offset={pager.offset}
                shown={list.edges.length}
                total={list.totalCount}
                hasNext={list.pageInfo.hasNextPage}
                onPrevious={pager.previous}
                onNext={() => pager.next(list.pageInfo.endCursor)}
              />
            )
          }
        />
      )}
    </Panel>
  );
}

function DifferenceFilters(props: { search: MigrationSearch; onChange: (next: MigrationSearch) => void }) {
  const { search, onChange } = props;
  return (
    <FilterBar>
      <SearchField
        label="Search changes in access"
        placeholder="Search by email, project or request"
        value={search.search ?? ""}
        onSearch={(text) => onChange({ search: text || undefined })}
      />
      <FilterSelect
        label="Change"
        all="Gained and lost"
        value={search.change}
        options={filterOptions(accessChangeWords)}
        onChange={(next) => onChange({ change: next })}
      />
      <FilterSelect
        label="Cause"
        all="Any cause"
        value={search.unexplained ? "UNEXPLAINED" : search.cause}
        options={[{ value: "UNEXPLAINED", label: "Unexplained" }, ...filterOptions(proofCauseWords)]}
        onChange={(next) =>
          onChange(
            next === "UNEXPLAINED"
              ? { unexplained: true, cause: undefined }
              : { unexplained: undefined, cause: next },
          )
        }
      />
    </FilterBar>
  );
}

const columns: Column<AccessDifferenceRowFragment>[] = [
  { id: "email", header: "Email", cell: (row) => row.email },
  { id: "resource", header: "Resource", cell: (row) => row.resource },
  { id: "permission", header: "Permission", hideBelow: "md", cell: (row) => row.permission },
  {
    id: "change",
    header: "Change",
    cell: (row) => (
      <StatusBadge tone={accessChangeWords[row.change].tone}>
        {accessChangeWords[row.change].label}
      </StatusBadge>
    ),
  },
  {
    id: "why",
    header: "Explained by",
    width: "36%",
    cell: (row) => row.explainedBy ?? <StatusBadge tone="bad">Unexplained</StatusBadge>,
  },
];
