import { useQuery } from "@apollo/client/react";
import { Button } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import { IconHistory } from "@tabler/icons-react";
import { useLiveCount } from "../../shared/live/use-live-count.ts";
import { QueryError } from "../../shared/query-view.tsx";
import { useKeysetPager } from "../../shared/use-keyset-pager.ts";
import { useRefetchOn } from "../../shared/use-refetch-on.ts";
import { useOrganization, useViewer } from "../../shared/viewer.tsx";
import { DataTable } from "../../ui/data-table.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { EmptyState, ForbiddenState, NoMatches } from "../../ui/page-states.tsx";
import { Pager } from "../../ui/pager.tsx";
import { Panel } from "../../ui/panel.tsx";
import { auditColumns, type AuditRow } from "./audit-columns.tsx";
import { startOfDay } from "./audit-dates.ts";
import { AuditExport } from "./audit-export.tsx";
import { AuditFilterBar } from "./audit-filter-bar.tsx";
import { AuditPageDocument, AuditTailDocument } from "./audit.generated.ts";
import type { AuditSearch } from "./search-params.ts";

const route = getRouteApi("/app/audit");
const pageSize = 50;

/** The append-only audit log of the organization, newest first; for organization admins. */
export function AuditPage() {
  const { viewerCanAudit } = useViewer();
  const organization = useOrganization();
  return (
    <>
      <PageHeader
        title="Audit log"
        description="Everything that changed in the organization: who did it, when, and what it was before and after. Nothing here can be edited or removed."
      />
      <Panel flush>
        {viewerCanAudit ? (
          <AuditList />
        ) : (
          <ForbiddenState
            title="You may not see the audit log"
            whoCanGrant={organization.admins.map((admin) => admin.account.name)}
          >
            Reading it needs an organization admin of {organization.name}.
          </ForbiddenState>
        )}
      </Panel>
    </>
  );
}

function AuditList() {
  const organization = useOrganization();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const change = (next: Partial<AuditSearch>) =>
    void navigate({
      search: (old) => ({ ...old, after: undefined, page: undefined, entry: undefined, ...next }),
    });
  const pager = useKeysetPager(pageSize, search, (next) => change(next));
  const query = useQuery(AuditPageDocument, {
    variables: {
      organizationId: organization.id,
      filter: {
        search: search.search ?? null,
        action: search.action ?? null,
        actorId: search.actor ?? null,
        subjectId: search.subject ?? null,
        since: startOfDay(search.from),
        until: startOfDay(search.to, 1),
      },
      after: search.after ?? null,
    },
    fetchPolicy: "no-cache",
  });
  useTail(organization.id, search.after === undefined, query.refetch);
  const log = (query.data ?? query.previousData)?.auditLog;
  const rows = log?.edges.map((edge) => edge.node);
  const isFiltered = Boolean(
    search.search ?? search.action ?? search.actor ?? search.subject ?? search.from ?? search.to,
  );
  const open = (entry: AuditRow) =>
    void navigate({
      search: (old) => ({ ...old, entry: old.entry === entry.id ? undefined : entry.id }),
      replace: true,
      resetScroll: false,
    });
  return (
    <>
      <AuditFilterBar
        search={search}
        rows={rows ?? []}
        onChange={change}
        end={
          <>
            <AuditExport organizationId={organization.id} search={search} />
            <Button
              size="compact-sm"
              variant="default"
              loading={query.loading && log !== undefined}
              onClick={() => void query.refetch().catch(() => undefined)}
            >
              Refresh
            </Button>
          </>
        }
      />
      {query.error && !log ? (
        <QueryError error={query.error} what="the audit log" refetch={query.refetch} />
      ) : (
        <DataTable
          caption="Audit log"
          columns={auditColumns({ openId: search.entry, onToggle: open, onChange: change })}
          rows={rows}
          rowKey={(entry) => entry.id}
          busy={query.loading}
          isMarked={(entry) => entry.id === search.entry}
          empty={
            isFiltered ? (
              <NoMatches what="entries" onClear={() => void navigate({ search: {} })} />
            ) : (
              <EmptyState title="Nothing recorded yet" icon={<IconHistory size={22} aria-hidden />}>
                Every change to people, groups, files and migrations is written here from now on.
              </EmptyState>
            )
          }
          footer={
            log && (
              <Pager
                offset={pager.offset}
                shown={log.edges.length}
                total={log.totalCount}
                totalIsEstimate={log.totalIsEstimate}
                hasNext={log.pageInfo.hasNextPage}
                onPrevious={pager.previous}
                onNext={() => pager.next(log.pageInfo.endCursor)}
              />
            )
          }
        />
      )}
    </>
  );
}

/** The first page shows new entries as they come; later pages stay as they are under the reader's eyes. */
function useTail(organizationId: string, isFirstPage: boolean, refetch: () => Promise<unknown>): void {
  const newest = useLiveCount(
    "audit",
    AuditTailDocument,
    isFirstPage ? { organizationId } : null,
    (data) => data.auditTail,
    // Without a socket the Refresh button is there.
    async () => null,
  );
  useRefetchOn(isFirstPage ? String(newest ?? "") : "", refetch);
}
