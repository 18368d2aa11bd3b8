import { useQuery } from "@apollo/client/react";
import type { UndoAction } from "@rehome/schema";
import { QueryError } from "../../../shared/query-view.tsx";
import { useKeysetPager } from "../../../shared/use-keyset-pager.ts";
import { useRefetchOn } from "../../../shared/use-refetch-on.ts";
import { filterOptions } from "../../../shared/words.ts";
import { DataTable } from "../../../ui/data-table.tsx";
import { FilterBar, FilterSelect } from "../../../ui/filter-bar.tsx";
import { EmptyState } from "../../../ui/page-states.tsx";
import { Pager } from "../../../ui/pager.tsx";
import { Panel } from "../../../ui/panel.tsx";
import { StatusBadge } from "../../../ui/status-badge.tsx";
import type { UndoSearch } from "../search-params.ts";
import { undoActionWords } from "../undo-words.ts";
import { UndoPeopleDocument } from "../undo-page.generated.ts";
import type { PageUndo } from "../undo-page.tsx";
import classes from "./items.module.css";

const pageSize = 50;

/** Everybody of an undo; those set aside first of all, as they are what a person reads. */
export function UndoPeople(props: {
  migrationId: string;
  undo: PageUndo;
  search: UndoSearch;
  onSearch: (next: UndoSearch) => void;
}) {
  const { undo, search } = props;
  const aside = undo.state === "UNDONE" ? undo.leftAside : undo.setAsideCount;
  const action = search.action ?? (aside > 0 ? "SET_ASIDE" : null);
  const change = (next: UndoSearch) => props.onSearch({ action: search.action, ...next });
  const pager = useKeysetPager(pageSize, search, change);
  const query = useQuery(UndoPeopleDocument, {
    variables: {
      migrationId: props.migrationId,
      undoId: undo.id,
      action: action === "ALL" ? null : action,
      first: pageSize,
      after: search.after ?? null,
    },
    fetchPolicy: "no-cache",
  });
  useRefetchOn(`${undo.state}:${undo.leftAside}`, query.refetch);
  const people = (query.data ?? query.previousData)?.migration?.undo?.people;
  const total: Record<UndoAction, number> = {
    RESTORE: undo.restoreCount,
    SET_ASIDE: aside,
    NOTHING: undo.unchangedCount,
  };
  return (
    <Panel id="people" title="People" flush>
      <FilterBar>
        <FilterSelect
          label="What the undo does"
          all="Everybody"
          value={action === "ALL" || action === null ? undefined : action}
          options={filterOptions(undoActionWords)}
          onChange={(next) => change({ action: next ?? "ALL" })}
        />
      </FilterBar>
      {query.error && !people ? (
        <QueryError error={query.error} what="people" refetch={query.refetch} />
      ) : (
        <DataTable
          caption="People of this undo"
          rows={people?.edges.map((edge) => edge.node)}
          rowKey={(person) => person.itemId}
          busy={query.loading && Boolean(people)}
          minWidth="640px"
          empty={<EmptyState title="Nobody here">No row of the run is of this kind.</EmptyState>}
          columns={[
            {
              id: "email",
              header: "Email",
              cell: (person) => (
                <span className={classes.person}>
                  <span className={classes.email}>{person.email}</span>
                  {person.name && <span className={classes.name}>{person.name}</span>}
                </span>
              ),
            },
            {
              id: "action",
              header: "Undo",
              width: "180px",
              cell: (person) => (
                <StatusBadge tone={undoActionWords[person.action].tone}>
                  {person.done ? undoActionWords[person.action].done : undoActionWords[person.action].planned}
                </StatusBadge>
              ),
            },
            {
              id: "reason",
              header: "What happened since",
              width: "44%",
              cell: (person) => person.reason ?? <span className="muted">–</span>,
            },
          ]}
          footer={
            people && (
              <Pager
                offset={pager.offset}
                shown={people.edges.length}
                total={action === "ALL" || action === null ? undo.total : total[action]}
                hasNext={people.pageInfo.hasNextPage}
                onPrevious={pager.previous}
                onNext={() => pager.next(people.pageInfo.endCursor)}
              />
            )
          }
        />
      )}
    </Panel>
  );
}
