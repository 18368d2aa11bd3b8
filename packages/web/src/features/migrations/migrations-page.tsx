import { useQuery } from "@apollo/client/react";
import { Button } from "@mantine/core";
import { getRouteApi, Link } from "@tanstack/react-router";
import { IconPlus } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { MigrationProgressCell } from "../../shared/migration/migration-progress-cell.tsx";
import { MigrationStateBadge } from "../../shared/migration/migration-state-badge.tsx";
import { SiteRoute } from "../../shared/migration/site-route.tsx";
import { useMigrationProgress } from "../../shared/live/use-migration-progress.ts";
import { QueryError } from "../../shared/query-view.tsx";
import { useKeysetPager } from "../../shared/use-keyset-pager.ts";
import { useOrganization, useViewer } from "../../shared/viewer.tsx";
import { filterOptions, migrationStateWords } from "../../shared/words.ts";
import { DataTable, type Column } from "../../ui/data-table.tsx";
import { FilterBar, FilterSelect } from "../../ui/filter-bar.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { EmptyState, NoMatches } from "../../ui/page-states.tsx";
import { Pager } from "../../ui/pager.tsx";
import { Panel } from "../../ui/panel.tsx";
import { SearchField } from "../../ui/search-field.tsx";
import { StatusBadge } from "../../ui/status-badge.tsx";
import { TimeText } from "../../ui/time-text.tsx";
import { MigrationListDocument, type MigrationRowFragment } from "./migration-list.generated.ts";
import type { MigrationsSearch } from "./search-params.ts";

const route = getRouteApi("/app/migrations");
const pageSize = 50;

/** All migrations of the organization: what each does now, and how it ended last, kept apart. */
export function MigrationsPage() {
  const viewer = useViewer();
  const newButton = viewer.viewerCanMigrate && (
    <Button component={Link} to="/migrations/new" leftSection={<IconPlus size={16} />}>
      New migration
    </Button>
  );
  return (
    <>
      <PageHeader
        title="Migrations"
        description="Every move of people from one place to another, planned, running and done."
        actions={newButton}
      />
      <MigrationList
        firstUse={
          <EmptyState title="No migrations yet" action={newButton}>
            A migration copies customers from one site to another. You see every person’s outcome before
            anything changes.
          </EmptyState>
        }
      />
    </>
  );
}

function MigrationList(props: { firstUse: ReactNode }) {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const change = (next: MigrationsSearch) =>
    void navigate({
      search: (old) => ({ ...old, after: undefined, page: undefined, ...next }),
      replace: true,
    });
  const pager = useKeysetPager(pageSize, search, change);
  const query = useMigrationList(search);
  const list = (query.data ?? query.previousData)?.migrations;
  const isFiltered = Boolean(search.search ?? search.state ?? search.attention);
  const clear = () => change({ search: undefined, state: undefined, attention: undefined });
  return (
    <Panel flush>
      <ListFilters search={search} onChange={change} />
      {query.error && !list ? (
        <QueryError error={query.error} what="migrations" refetch={query.refetch} />
      ) : (
        <DataTable
          caption="Migrations"
          columns={columns}
          rows={list?.edges.map((edge) => edge.node)}
          rowKey={(row) => row.id}
          busy={query.loading && Boolean(list)}
          minWidth="720px"
          onOpen={(row) => void navigate({ to: pathOf(row), params: { id: row.id }, search: {} })}
          empty={isFiltered ? <NoMatches what="migrations" onClear={clear} /> : props.firstUse}
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

function useMigrationList(search: MigrationsSearch) {
  const organization = useOrganization();
  return useQuery(MigrationListDocument, {
    variables: {
      organizationId: organization.id,
      filter: {
        search: search.search ?? null,
        states: search.state ? [search.state] : null,
        needsAttention: search.attention ?? null,
      },
      first: pageSize,
      after: search.after ?? null,
    },
    fetchPolicy: "cache-and-network",
  });
}

function ListFilters(props: { search: MigrationsSearch; onChange: (next: MigrationsSearch) => void }) {
  const { search, onChange } = props;
  return (
    <FilterBar>
      <SearchField
        label="Search migrations"
        placeholder="Search by number or site"
        value={search.search ?? ""}
        onSearch={(text) => onChange({ search: text || undefined })}
      />
      <FilterSelect
        label="State"
        all="Any state"
        value={search.state}
        options={filterOptions(migrationStateWords)}
        onChange={(state) => onChange({ state })}
      />
      {search.attention && (
        <Button variant="light" size="xs" onClick={() => onChange({ attention: undefined })}>
          Needs attention ×
        </Button>
      )}
    </FilterBar>
  );
}

/** Before the start the plan is the place to be, afterwards the live page. */
function pathOf(row: MigrationRowFragment): "/migrations/$id" | "/migrations/$id/plan" {
  return ["DRAFT", "CHECKING", "PLANNED"].includes(row.state) ? "/migrations/$id/plan" : "/migrations/$id";
}

const columns: Column<MigrationRowFragment>[] = [
  {
    id: "name",
    header: "Migration",
    cell: (row) => (
      <Link to={pathOf(row)} params={{ id: row.id }} search={{}}>
        {row.name}
      </Link>
    ),
  },
  {
    id: "route",
    header: "Source › destination",
    cell: (row) => <SiteRoute source={row.sourceSite.name} destination={row.destinationSite.name} />,
  },
  {
    id: "now",
    header: "Now",
    cell: (row) => (
      <>
        <LiveState row={row} />
        {row.proof?.verdict === "FAILED" && <ProofFailedBadge row={row} />}
      </>
    ),
  },
  {
    id: "last",
    header: "Last result",
    hideBelow: "lg",
    cell: (row) => row.lastResult ?? <span className="muted">–</span>,
  },
  { id: "progress", header: "Progress", cell: (row) => <LiveProgress row={row} /> },
  {
    id: "created",
    header: "Created",
    hideBelow: "lg",
    cell: (row) => <TimeText value={row.createdAt} format="date" />,
  },
];

function ProofFailedBadge(props: { row: MigrationRowFragment }) {
  return (
    <Link to="/migrations/$id" params={{ id: props.row.id }} search={{ tab: "proof", unexplained: true }}>
      <StatusBadge tone="bad">Access proof failed</StatusBadge>
    </Link>
  );
}

function LiveState(props: { row: MigrationRowFragment }) {
  return <MigrationStateBadge state={useMigrationProgress(props.row.progress).state} />;
}

function LiveProgress(props: { row: MigrationRowFragment }) {
  return <MigrationProgressCell progress={useMigrationProgress(props.row.progress)} name={props.row.name} />;
}
