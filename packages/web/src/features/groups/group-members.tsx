import { useQuery } from "@apollo/client/react";
import { Button, Checkbox } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { formatCount, formatPeople } from "../../shared/number-format.ts";
import { QueryError } from "../../shared/query-view.tsx";
import { useKeysetPager } from "../../shared/use-keyset-pager.ts";
import { Count } from "../../ui/count.tsx";
import { DataTable, type Column } from "../../ui/data-table.tsx";
import { FilterBar } from "../../ui/filter-bar.tsx";
import { Pager } from "../../ui/pager.tsx";
import { NoMatches } from "../../ui/page-states.tsx";
import { Panel } from "../../ui/panel.tsx";
import { SearchField } from "../../ui/search-field.tsx";
import { StatusBadge } from "../../ui/status-badge.tsx";
import {
  GroupReviewMembersDocument,
  type GroupReviewFieldsFragment,
  type GroupReviewMembersQuery,
} from "./groups.generated.ts";
import classes from "./group-page.module.css";
import type { GroupSearch } from "./search-params.ts";

type Member = NonNullable<GroupReviewMembersQuery["importedGroup"]>["members"]["edges"][number]["node"];

const route = getRouteApi("/app/groups/review/$group");
const pageSize = 50;

/** The people of a group, searchable and paged; pending ones can be selected where the reader may decide. */
export function GroupMembers(props: {
  group: GroupReviewFieldsFragment;
  selected: ReadonlySet<string>;
  onSelect: (selected: ReadonlySet<string>) => void;
  onApproveSelected: () => void;
  /** Changes when a decision was made, so that the rows are read again. */
  version: string;
}) {
  const { group } = props;
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const change = (next: Partial<GroupSearch>) =>
    void navigate({
      search: (old) => ({ ...old, after: undefined, page: undefined, ...next }),
      replace: true,
    });
  const pager = useKeysetPager(pageSize, search, (next) => change(next));
  const { members, query } = useMembers(group.id, search, props.version);
  const rows = members?.edges.map((edge) => edge.node);
  const selectable = group.viewerCanDecide && group.pendingCount > 0;
  return (
    <Panel title="Members" flush>
      <FilterBar>
        <SearchField
          label="Search members"
          placeholder="Search name or email"
          value={search.search ?? ""}
          onSearch={(text) => change({ search: text || undefined })}
        />
        {group.approvedCount > 0 && (
          <Checkbox
            label="Pending only"
            checked={search.pending === true}
            onChange={(event) => change({ pending: event.currentTarget.checked || undefined })}
          />
        )}
      </FilterBar>
      {selectable && props.selected.size > 0 && (
        <div className={classes.selection}>
          <output>{formatPeople(props.selected.size)} selected</output>
          <Button size="compact-sm" variant="default" onClick={() => props.onSelect(new Set())}>
            Clear selection
          </Button>
          <Button size="compact-sm" onClick={props.onApproveSelected}>
            Approve {formatCount(props.selected.size)} selected
          </Button>
        </div>
      )}
      {query.error && !members ? (
        <QueryError error={query.error} what="the members" refetch={query.refetch} />
      ) : (
        <DataTable
          caption={`Members of ${group.name}`}
          columns={memberColumns(selectable, rows ?? [], props.selected, props.onSelect)}
          rows={rows}
          rowKey={(member) => member.id}
          busy={query.loading}
          isMarked={(member) => props.selected.has(member.id)}
          empty={
            <NoMatches what="members" onClear={() => change({ search: undefined, pending: undefined })} />
          }
          footer={
            members && (
              <Pager
                offset={pager.offset}
                shown={members.edges.length}
                total={members.totalCount}
                hasNext={members.pageInfo.hasNextPage}
                onPrevious={pager.previous}
                onNext={() => pager.next(members.pageInfo.endCursor)}
              />
            )
          }
        />
      )}
    </Panel>
  );
}

function useMembers(groupId: string, search: GroupSearch, version: string) {
  const query = useQuery(GroupReviewMembersDocument, {
    variables: {
      id: groupId,
      after: search.after ?? null,
      search: search.search ?? null,
      pendingOnly: search.pending ?? null,
    },
    fetchPolicy: "no-cache",
  });
  const { refetch } = query;
  const readVersion = useRef(version);
  useEffect(
    function readAgainAfterDecision() {
      if (readVersion.current !== version) {
        readVersion.current = version;
        refetch().catch(() => undefined);
      }
    },
    [version, refetch],
  );
  return { query, members: (query.data ?? query.previousData)?.importedGroup?.members };
}

function memberColumns(
  selectable: boolean,
  rows: readonly Member[],
  selected: ReadonlySet<string>,
  onSelect: (selected: ReadonlySet<string>) => void,
): Column<Member>[] {
  const columns: Column<Member>[] = [
    {
      id: "person",
      header: "Person",
      cell: (member) => (
        <span className={classes.person}>
          <span>{member.account.name}</span>
          <span className="muted">{member.account.email}</span>
          {member.approved && <span className={classes.phoneOnly}>Approved</span>}
        </span>
      ),
    },
    {
      id: "state",
      header: "Customer role",
      width: "150px",
      hideBelow: "sm",
      cell: (member) =>
        member.approved ? (
          <StatusBadge tone="good">Approved</StatusBadge>
        ) : (
          <StatusBadge tone="warn">Pending</StatusBadge>
        ),
    },
    {
      id: "projects",
      header: "Service projects",
      hideBelow: "sm",
      cell: (member) => member.projects.join(", ") || <span className="muted">None</span>,
    },
    {
      id: "requests",
      header: "Requests",
      numeric: true,
      hideBelow: "sm",
      cell: (member) => <Count value={member.requests} />,
    },
  ];
  return selectable ? [selectionColumn(rows, selected, onSelect), ...columns] : columns;
}

function selectionColumn(
  rows: readonly Member[],
  selected: ReadonlySet<string>,
  onSelect: (selected: ReadonlySet<string>) => void,
): Column<Member> {
  const pending = rows.filter((member) => !member.approved);
  const here = pending.filter((member) => selected.has(member.id)).length;
  const toggle = (members: readonly Member[], on: boolean) => {
    const next = new Set(selected);
    for (const member of members) {
      if (on) {
        next.add(member.id);
      } else {
        next.delete(member.id);
      }
    }
    onSelect(next);
  };
  return {
    id: "select",
    width: "44px",
    header: (
      <Checkbox
        aria-label="Select all pending on this page"
        checked={pending.length > 0 && here === pending.length}
        indeterminate={here > 0 && here < pending.length}
        disabled={pending.length === 0}
        onChange={(event) => toggle(pending, event.currentTarget.checked)}
      />
    ),
    cell: (member) =>
      member.approved ? null : (
        <Checkbox
          aria-label={`Select ${member.account.name}`}
          checked={selected.has(member.id)}
          onChange={(event) => toggle([member], event.currentTarget.checked)}
        />
      ),
  };
}
