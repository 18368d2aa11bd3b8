import { useQuery } from "@apollo/client/react";
import { Button } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import type { Problem } from "../../../apollo/schema-types.generated.ts";
import { formatCount, formatPeople } from "../../../shared/number-format.ts";
import { QueryError } from "../../../shared/query-view.tsx";
import { useShortcuts } from "../../../shared/shortcuts.ts";
import { useKeysetPager } from "../../../shared/use-keyset-pager.ts";
import { problemWords } from "../../../shared/words.ts";
import { DataTable } from "../../../ui/data-table.tsx";
import { FilterBar, FilterSelect } from "../../../ui/filter-bar.tsx";
import { Notice } from "../../../ui/notice.tsx";
import { EmptyState, NoMatches } from "../../../ui/page-states.tsx";
import { Pager } from "../../../ui/pager.tsx";
import { Panel } from "../../../ui/panel.tsx";
import { SearchField } from "../../../ui/search-field.tsx";
import type { QueuedMigration } from "../attention-page.tsx";
import { MigrationItemsDocument } from "../migration-items.generated.ts";
import type { AttentionSearch } from "../search-params.ts";
import { attentionColumns } from "./attention-columns.tsx";
import classes from "./attention.module.css";
import { BulkBar } from "./bulk-bar.tsx";
import { ItemPanel } from "./item-panel.tsx";

const route = getRouteApi("/app/migrations/$id/attention");
const pageSize = 100;

/** The list and the open person beside it. `openNow` is the live count of the whole migration, null until known. */
export function AttentionQueue(props: {
  migration: QueuedMigration;
  openNow: number | null;
  onChanged: () => Promise<unknown>;
}) {
  const { migration } = props;
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const change = (next: AttentionSearch) => {
    setSelected(new Set());
    void navigate({
      search: (old) => ({ ...old, after: undefined, page: undefined, item: undefined, ...next }),
      replace: true,
      resetScroll: false,
    });
  };
  const pager = useKeysetPager(pageSize, search, change);
  const filter = { openAttention: true, problem: search.problem ?? null, search: search.search ?? null };
  const query = useQuery(MigrationItemsDocument, {
    variables: { migrationId: migration.id, filter, first: pageSize, after: search.after ?? null },
    fetchPolicy: "no-cache",
  });
  const items = (query.data ?? query.previousData)?.migration?.items;
  const rows = items?.edges.map((edge) => edge.node) ?? [];
  const open = (item: string | undefined) =>
    void navigate({ search: (old) => ({ ...old, item }), replace: true, resetScroll: false });
  const step = (by: number) => {
    const at = rows.findIndex((row) => row.id === search.item);
    const next = rows[Math.min(rows.length - 1, Math.max(0, at + by))];
    if (next) {
      open(next.id);
      document.querySelector(`[data-row="${next.id}"]`)?.scrollIntoView({ block: "nearest" });
    }
  };
  const toggle = (id: string) => {
    const next = new Set(selected);
    if (!next.delete(id)) {
      next.add(id);
    }
    setSelected(next);
  };
  const refresh = async () => {
    setSelected(new Set());
    await Promise.all([query.refetch(), props.onChanged()]).catch(() => undefined);
  };
  const resolved = () => {
    const at = rows.findIndex((row) => row.id === search.item);
    open((rows[at + 1] ?? rows[at - 1])?.id);
    void refresh();
  };
  useShortcuts({
    j: () => step(1),
    k: () => step(-1),
    x: () => search.item && toggle(search.item),
  });
  const isFiltered = Boolean(search.problem ?? search.search);
  return (
    <div className={classes.queue} data-open={search.item ? true : undefined}>
      <Panel flush>
        <FilterBar>
          <SearchField
            label="Search the queue"
            placeholder="Search by email or name"
            value={search.search ?? ""}
            onSearch={(text) => change({ search: text || undefined })}
          />
          <FilterSelect
            label="Problem"
            all="Any problem"
            value={search.problem}
            options={migration.attentionByProblem.map((row) => ({
              value: row.problem,
              label: `${problemWords[row.problem]} (${formatCount(row.count)})`,
            }))}
            onChange={(problem: Problem | undefined) => change({ problem })}
          />
        </FilterBar>
        {items && rows.length > 0 && (
          <BulkBar
            migration={migration}
            filter={filter}
            rows={rows}
            total={items.totalCount}
            selected={selected}
            onSelect={setSelected}
            onDone={refresh}
          />
        )}
        {items &&
          !isFiltered &&
          props.openNow !== null &&
          props.openNow !== items.totalCount &&
          !query.loading && (
            <div className={classes.changed}>
              <Notice
                tone="info"
                live
                title={`The queue changed: ${formatPeople(props.openNow)} now`}
                actions={
                  <Button size="compact-sm" variant="default" onClick={() => void refresh()}>
                    Refresh
                  </Button>
                }
              />
            </div>
          )}
        {query.error && !items ? (
          <QueryError error={query.error} what="the queue" refetch={query.refetch} />
        ) : (
          <DataTable
            caption="People who require attention"
            rows={items && rows}
            rowKey={(row) => row.id}
            busy={query.loading && Boolean(items)}
            columns={attentionColumns({ selected, onToggle: toggle, openId: search.item })}
            selectedKey={search.item}
            isMarked={(row) => selected.has(row.id)}
            onOpen={(row) => open(row.id)}
            empty={
              isFiltered ? (
                <NoMatches what="people" onClear={() => change({ problem: undefined, search: undefined })} />
              ) : (
                <EmptyState title="Nobody needs attention">
                  Every person of {migration.name} is settled.
                </EmptyState>
              )
            }
            footer={
              items && (
                <Pager
                  offset={pager.offset}
                  shown={rows.length}
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
      {search.item && (
        <ItemPanel
          key={search.item}
          migration={migration}
          itemId={search.item}
          onClose={() => open(undefined)}
          onResolved={resolved}
        />
      )}
    </div>
  );
}
