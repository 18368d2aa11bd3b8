import { useQuery } from "@apollo/client/react";
import type { ReactNode } from "react";
import type { MigrationItemFilter } from "@rehome/schema";
import { QueryError } from "../../../shared/query-view.tsx";
import { useRefetchOn } from "../../../shared/use-refetch-on.ts";
import { useKeysetPager } from "../../../shared/use-keyset-pager.ts";
import {
  accountTypeWords,
  destinationStateWords,
  effectWords,
  filterOptions,
  outcomeWords,
  problemWords,
} from "../../../shared/words.ts";
import { DataTable, type Column } from "../../../ui/data-table.tsx";
import { FilterBar, FilterSelect } from "../../../ui/filter-bar.tsx";
import { EmptyState, NoMatches } from "../../../ui/page-states.tsx";
import { Pager } from "../../../ui/pager.tsx";
import { Panel } from "../../../ui/panel.tsx";
import { SearchField } from "../../../ui/search-field.tsx";
import { MigrationItemsDocument, type MigrationItemRowFragment } from "../migration-items.generated.ts";
import type { ItemSearch } from "../search-params.ts";

const pageSize = 50;
const noFilters: ItemSearch = {
  search: undefined,
  outcome: undefined,
  sourceType: undefined,
  destinationState: undefined,
  effect: undefined,
  problem: undefined,
};

/** The server's filter for the URL's; before the run the outcome meant is the planned one. */
export function itemFilterOf(search: ItemSearch, planned: boolean): MigrationItemFilter {
  return {
    search: search.search ?? null,
    outcome: planned ? null : (search.outcome ?? null),
    plannedOutcome: planned ? (search.outcome ?? null) : null,
    sourceType: search.sourceType ?? null,
    destinationState: search.destinationState ?? null,
    effect: search.effect ?? null,
    problem: search.problem ?? null,
  };
}

/** The people of a migration, filtered by the URL and read page by page. */
export function ItemsPanel(props: {
  migrationId: string;
  title: string;
  /** Changes when the rows must be read again (a new plan, the end of the run). */
  version: string;
  planned: boolean;
  columns: Column<MigrationItemRowFragment>[];
  search: ItemSearch;
  onSearch: (next: ItemSearch) => void;
  actions?: ReactNode;
}) {
  const { search } = props;
  const change = (next: ItemSearch) => props.onSearch({ after: undefined, page: undefined, ...next });
  const pager = useKeysetPager(pageSize, search, change);
  const query = useQuery(MigrationItemsDocument, {
    variables: {
      migrationId: props.migrationId,
      filter: itemFilterOf(search, props.planned),
      first: pageSize,
      after: search.after ?? null,
    },
    fetchPolicy: "no-cache",
  });
  useRefetchOn(props.version, query.refetch);
  const items = (query.data ?? query.previousData)?.migration?.items;
  const isFiltered = Object.keys(noFilters).some((key) => search[key as keyof ItemSearch] !== undefined);
  return (
    <Panel id="people" title={props.title} actions={props.actions} flush>
      <FilterBar>
        <SearchField
          label="Search people"
          placeholder="Search by email or name"
          value={search.search ?? ""}
          onSearch={(text) => change({ search: text || undefined })}
        />
        <ItemFilters search={search} onChange={change} />
      </FilterBar>
      {query.error && !items ? (
        <QueryError error={query.error} what="people" refetch={query.refetch} />
      ) : (
        <DataTable
          caption={props.title}
          columns={props.columns}
          rows={items?.edges.map((edge) => edge.node)}
          rowKey={(item) => item.id}
          busy={query.loading && Boolean(items)}
          minWidth="760px"
          empty={
            isFiltered ? (
              <NoMatches what="people" onClear={() => change(noFilters)} />
            ) : (
              <EmptyState title="Nobody is in this migration">
                The files of the source site hold no customers in scope.
              </EmptyState>
            )
          }
          footer={
            items && (
              <Pager
                offset={pager.offset}
                shown={items.edges.length}
                total={items.totalCount}
                hasNext={items.pageInfo.hasNextPage}
                onPrevious={pager.previous}
                onNext={() => pager.next(items.pageInfo.endCursor)}
              />
            )
          }
        />
      )}
    </Panel>
  );
}

function ItemFilters(props: { search: ItemSearch; onChange: (next: ItemSearch) => void }) {
  const { search, onChange } = props;
  return (
    <>
      <FilterSelect
        label="Outcome"
        all="Any outcome"
        value={search.outcome}
        options={filterOptions(outcomeWords)}
        onChange={(outcome) => onChange({ outcome })}
      />
      <FilterSelect
        label="What is done"
        all="Any effect"
        value={search.effect}
        options={filterOptions(effectWords)}
        onChange={(effect) => onChange({ effect })}
      />
      <FilterSelect
        label="Source account type"
        all="Any source type"
        value={search.sourceType}
        options={filterOptions(accountTypeWords)}
        onChange={(sourceType) => onChange({ sourceType })}
      />
      <FilterSelect
        label="On the destination"
        all="Anything on destination"
        value={search.destinationState}
        options={filterOptions(destinationStateWords)}
        onChange={(destinationState) => onChange({ destinationState })}
      />
      <FilterSelect
        label="Problem"
        all="Any problem"
        value={search.problem}
        options={filterOptions(problemWords)}
        onChange={(problem) => onChange({ problem })}
      />
    </>
  );
}
