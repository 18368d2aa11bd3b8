import { useQuery } from "@apollo/client/react";
import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { IconUsersGroup } from "@tabler/icons-react";
import { formatNumberOf } from "../../shared/number-format.ts";
import { QueryError } from "../../shared/query-view.tsx";
import { useOrganization, useViewer } from "../../shared/viewer.tsx";
import { Count } from "../../ui/count.tsx";
import { DataTable, type Column } from "../../ui/data-table.tsx";
import { PageStack } from "../../ui/layout.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { EmptyState } from "../../ui/page-states.tsx";
import { Panel } from "../../ui/panel.tsx";
import { TimeText } from "../../ui/time-text.tsx";
import { GroupsToReviewDocument, type ReviewGroupFieldsFragment } from "./groups.generated.ts";
import { GroupListChanges } from "./group-list-changes.tsx";
import { ReviewBadge } from "./review-badge.tsx";

type Group = ReviewGroupFieldsFragment;

/** All imported groups of the organization: those that wait for a decision first, the decided ones below. */
export function GroupsPage() {
  const organization = useOrganization();
  const query = useQuery(GroupsToReviewDocument, { variables: { organizationId: organization.id } });
  const groups = (query.data ?? query.previousData)?.importedGroups;
  const waiting = groups?.filter((group) => group.pendingCount > 0);
  const decided = groups?.filter((group) => group.pendingCount === 0);
  return (
    <>
      <PageHeader
        title="Imported groups"
        description="Copying people to a site puts accounts without the Customer role in a group. Approving the group gives its members the role; until then they reach no service project there."
      />
      {query.error && !groups ? (
        <Panel>
          <QueryError error={query.error} what="the imported groups" refetch={query.refetch} />
        </Panel>
      ) : groups?.length === 0 ? (
        <Panel>
          <NoGroupsYet />
        </Panel>
      ) : (
        <PageStack>
          <GroupListChanges shown={waiting?.length} onRefresh={() => void query.refetch()} />
          <Panel title="Waiting for review" flush>
            <DataTable
              caption="Groups waiting for review"
              columns={waitingColumns}
              rows={waiting}
              rowKey={(group) => group.id}
              skeletonCount={2}
              empty={
                <EmptyState title="Nothing waits for review" icon={<IconUsersGroup size={22} aria-hidden />}>
                  Every imported group is decided. The next one appears here when a migration makes it.
                </EmptyState>
              }
            />
          </Panel>
          {decided && decided.length > 0 && (
            <Panel title="Decided" flush>
              <DataTable
                caption="Decided groups"
                columns={decidedColumns}
                rows={decided}
                rowKey={(group) => group.id}
              />
            </Panel>
          )}
        </PageStack>
      )}
    </>
  );
}

function NoGroupsYet() {
  const { viewerCanMigrate } = useViewer();
  return (
    <EmptyState
      title="No imported groups yet"
      icon={<IconUsersGroup size={22} aria-hidden />}
      action={
        viewerCanMigrate && (
          <Button component={Link} to="/migrations/new">
            Plan a migration
          </Button>
        )
      }
    >
      A group appears when a migration copies people whose account lacks the Customer role on the destination
      site.
    </EmptyState>
  );
}

const nameColumn: Column<Group> = {
  id: "name",
  header: "Group",
  cell: (group) => (
    <Link to="/groups/review/$group" params={{ group: group.id }}>
      {group.name}
    </Link>
  ),
};
const siteColumn: Column<Group> = {
  id: "site",
  header: "Site",
  hideBelow: "sm",
  cell: (group) => group.site.name,
};
const migrationColumn: Column<Group> = {
  id: "migration",
  header: "From",
  hideBelow: "md",
  cell: (group) => (
    <Link to="/migrations/$id" params={{ id: group.migration.id }}>
      {group.migration.name}
    </Link>
  ),
};
const membersColumn: Column<Group> = {
  id: "members",
  header: "Members",
  numeric: true,
  hideBelow: "md",
  cell: (group) => <Count value={group.memberCount} />,
};
const stateColumn: Column<Group> = {
  id: "state",
  header: "Review",
  hideBelow: "sm",
  cell: (group) => <ReviewBadge group={group} />,
};

const waitingColumns: Column<Group>[] = [
  nameColumn,
  siteColumn,
  migrationColumn,
  membersColumn,
  {
    id: "pending",
    header: "Pending",
    numeric: true,
    cell: (group) => <Count value={group.pendingCount} />,
  },
  stateColumn,
  {
    id: "age",
    header: "Made",
    hideBelow: "sm",
    cell: (group) => <TimeText value={group.createdAt} format="relative" />,
  },
  {
    id: "open",
    header: <span className="visually-hidden">Review</span>,
    width: "96px",
    cell: (group) => (
      <Button
        component={Link}
        to={`/groups/review/${group.id}`}
        size="compact-sm"
        variant="default"
        aria-label={`Review ${group.name}, ${formatNumberOf(group.pendingCount, "person", "people")} pending`}
      >
        Review
      </Button>
    ),
  },
];

const decidedColumns: Column<Group>[] = [
  nameColumn,
  siteColumn,
  migrationColumn,
  membersColumn,
  {
    id: "approved",
    header: "Approved",
    numeric: true,
    cell: (group) => <Count value={group.approvedCount} />,
  },
  { ...stateColumn, hideBelow: undefined },
  {
    id: "decided",
    header: "Decided",
    hideBelow: "md",
    cell: (group) => (
      <>
        {group.decidedBy?.name} {group.decidedAt && <TimeText value={group.decidedAt} format="relative" />}
      </>
    ),
  },
];
