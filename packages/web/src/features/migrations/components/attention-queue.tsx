import { Button } from "@mantine/core";
import type { Problem } from "@rehome/schema";
import { formatCount, formatPeople } from "../../../shared/number-format.ts";
import { QueryError } from "../../../shared/query-view.tsx";
import { problemWords } from "../../../shared/words.ts";
import { DataTable } from "../../../ui/data-table.tsx";
import { FilterBar, FilterSelect } from "../../../ui/filter-bar.tsx";
import { Notice } from "../../../ui/notice.tsx";
import { EmptyState, NoMatches } from "../../../ui/page-states.tsx";
import { Pager } from "../../../ui/pager.tsx";
import { Panel } from "../../../ui/panel.tsx";
import { SearchField } from "../../../ui/search-field.tsx";
import type { QueuedMigration } from "../attention-page.tsx";
import { useQueue, type Queue } from "../hooks/use-queue.ts";
import { attentionColumns } from "./attention-columns.tsx";
import classes from "./attention.module.css";
import { BulkBar } from "./bulk-bar.tsx";
import { ItemPanel } from "./item-panel.tsx";

/** The list and the open person beside it. `openNow` is the live count of the whole migration, null until known. */
export function AttentionQueue(props: {
  migration: QueuedMigration;
  openNow: number | null;
  onChanged: () => Promise<unknown>;
}) {
  const { migration } = props;
  const queue = useQueue(migration.id, props.onChanged);
  const { items, rows, search } = queue;
  const resolved = () => {
    const at = rows.findIndex((row) => row.id === search.item);
    queue.open((rows[at + 1] ?? rows[at - 1])?.id);
    void queue.refresh();
  };
  return (
    <div className={classes.queue} data-open={search.item ? true : undefined}>
      <Panel flush>
        <QueueFilters migration={migration} queue={queue} />
        {items && rows.length > 0 && (
          <BulkBar
            migration={migration}
            filter={queue.filter}
            rows={rows}
            total={items.totalCount}
            selected={queue.selected}
            onSelect={queue.setSelected}
            onDone={() => {
              queue.open(undefined);
              return queue.refresh();
            }}
          />
        )}
        <ChangedNotice queue={queue} openNow={props.openNow} />
        <QueueTable migration={migration} queue={queue} />
      </Panel>
      {search.item && (
        <ItemPanel
          key={search.item}
          migration={migration}
          itemId={search.item}
          onClose={() => queue.open(undefined)}
          onResolved={resolved}
        />
      )}
    </div>
  );
}

function QueueFilters(props: { migration: QueuedMigration; queue: Queue }) {
  const { search, change } = props.queue;
  return (
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
        options={problemOptions(props.migration, search.problem)}
        onChange={(problem: Problem | undefined) => change({ problem })}
      />
    </FilterBar>
  );
}

/** Rows never move under the reader: that the queue has changed is said, and a press reads it again. */
function ChangedNotice(props: { queue: Queue; openNow: number | null }) {
  const { items, search, query, refresh } = props.queue;
  const isWhole = !search.problem && !search.search;
  if (!items || !isWhole || query.loading || props.openNow === null || props.openNow === items.totalCount) {
    return null;
  }
  return (
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
  );
}

function QueueTable(props: { migration: QueuedMigration; queue: Queue }) {
  const { items, rows, search, query, selected, pager } = props.queue;
  const isFiltered = Boolean(search.problem ?? search.search);
  if (query.error && !items) {
    return <QueryError error={query.error} what="the queue" refetch={query.refetch} />;
  }
  return (
    <DataTable
      caption="People who require attention"
      rows={items && rows}
      rowKey={(row) => row.id}
      busy={query.loading && Boolean(items)}
      columns={attentionColumns({ selected, onToggle: props.queue.toggle, openId: search.item })}
      selectedKey={search.item}
      isMarked={(row) => selected.has(row.id)}
      onOpen={(row) => props.queue.open(row.id)}
      empty={
        isFiltered ? (
          <NoMatches
            what="people"
            onClear={() => props.queue.change({ problem: undefined, search: undefined })}
          />
        ) : (
          <EmptyState title="Nobody needs attention">
            Every person of {props.migration.name} is settled.
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
  );
}

/** The problems that are open, and the chosen one even after its last person is settled. */
function problemOptions(migration: QueuedMigration, chosen: Problem | undefined) {
  const open = migration.attentionByProblem.map((row) => ({
    value: row.problem,
    label: `${problemWords[row.problem]} (${formatCount(row.count)})`,
  }));
  return chosen && !open.some((option) => option.value === chosen)
    ? [...open, { value: chosen, label: `${problemWords[chosen]} (0)` }]
    : open;
}
