import { useQuery } from "@apollo/client/react";
import { Button, Tabs } from "@mantine/core";
import { getRouteApi, Link } from "@tanstack/react-router";
import {
  IconCopy,
  IconTicket,
  IconUser,
  IconUserCheck,
  IconUserCircle,
  IconUserOff,
} from "@tabler/icons-react";
import type { ProjectAccess } from "@rehome/schema";
import { NotFoundState, QueryView } from "../../shared/query-view.tsx";
import { AskForAccess } from "../../shared/roles/ask-for-access.tsx";
import { useViewer } from "../../shared/viewer.tsx";
import { Count } from "../../ui/count.tsx";
import { DataTable, type Column } from "../../ui/data-table.tsx";
import { PageStack, Split } from "../../ui/layout.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { EmptyState } from "../../ui/page-states.tsx";
import { Panel } from "../../ui/panel.tsx";
import { SkeletonBlock } from "../../ui/skeleton-rows.tsx";
import { StatTile, StatTiles } from "../../ui/stat-tile.tsx";
import { StatusBadge } from "../../ui/status-badge.tsx";
import { AdminList } from "./admin-list.tsx";
import { PeoplePanels } from "./people/people-panels.tsx";
import { ProductTable } from "./product-table.tsx";
import { SiteImports } from "./site-imports.tsx";
import type { SiteSearch } from "./site-search.ts";
import { SiteOverviewDocument, type SiteOverviewQuery } from "./site.generated.ts";

type Site = NonNullable<SiteOverviewQuery["site"]>;
type Project = Site["projects"][number];

const route = getRouteApi("/app/organization/sites/$id");
const crumbs = [{ label: "Organization", to: "/organization" }];

/** One site: who is on it, its service projects, the files uploaded to it, and who has which role there. */
export function SitePage() {
  const { id } = route.useParams();
  const { viewerCanMigrate } = useViewer();
  const query = useQuery(SiteOverviewDocument, { variables: { id } });
  const known = query.data?.site ?? null;
  return (
    <>
      <PageHeader
        title={known?.name ?? "Site"}
        crumbs={crumbs}
        description={known?.urlName}
        actions={
          known &&
          viewerCanMigrate && (
            <Button component={Link} to="/migrations/new" variant="default">
              Plan a migration
            </Button>
          )
        }
      />
      <QueryView
        query={query}
        what="the site"
        forbiddenAction={<AskForAccess siteId={id} />}
        skeleton={
          <PageStack>
            <SkeletonBlock height={90} />
            <SkeletonBlock height={360} />
          </PageStack>
        }
      >
        {({ site }) =>
          site ? (
            <SiteTabs
              key={site.id}
              site={site}
              onImported={() => void query.refetch().catch(() => undefined)}
            />
          ) : (
            <Panel>
              <NotFoundState what="This site" />
            </Panel>
          )
        }
      </QueryView>
    </>
  );
}

function SiteTabs(props: { site: Site; onImported: () => void }) {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const change = (next: Partial<SiteSearch>) =>
    void navigate({ search: (old) => ({ ...old, after: undefined, page: undefined, ...next }) });
  return (
    <Tabs
      value={search.tab ?? "overview"}
      keepMounted={false}
      onChange={(tab) => void navigate({ search: tab === "people" ? { tab } : {} })}
    >
      <Tabs.List>
        <Tabs.Tab value="overview">Overview</Tabs.Tab>
        <Tabs.Tab value="people">People and roles</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="overview" pt="md">
        <SiteBody {...props} />
      </Tabs.Panel>
      <Tabs.Panel value="people" pt="md">
        <PeoplePanels
          organizationId={props.site.organization.id}
          siteId={props.site.id}
          search={search}
          onChange={change}
        />
      </Tabs.Panel>
    </Tabs>
  );
}

function SiteBody(props: { site: Site; onImported: () => void }) {
  const { site } = props;
  return (
    <PageStack>
      <SiteTiles site={site} />
      <SiteImports site={site} onApplied={props.onImported} />
      <Split>
        <Panel title="Service projects" flush>
          <DataTable
            caption="Service projects"
            columns={projectColumns}
            rows={site.projects}
            rowKey={(project) => project.id}
            empty={
              <EmptyState title="No service projects yet">
                Upload a projects file with the columns key, name and access.
              </EmptyState>
            }
          />
        </Panel>
        <PageStack>
          <Panel title="Site admins" flush>
            <AdminList
              admins={site.admins}
              empty="Nobody administers this site alone; organization admins administer every site."
            />
          </Panel>
          <Panel title="Products" flush>
            <ProductTable products={site.products} />
          </Panel>
        </PageStack>
      </Split>
    </PageStack>
  );
}

function SiteTiles(props: { site: Site }) {
  const { counts, id } = props.site;
  return (
    <StatTiles>
      <StatTile
        label="Atlassian accounts"
        icon={IconUser}
        value={counts.accounts}
        to="/accounts"
        search={{ site: id, type: "ATLASSIAN_ACCOUNT" }}
      />
      <StatTile
        label="With Customer role"
        icon={IconUserCheck}
        tone="good"
        value={counts.accountsWithCustomerRole}
      />
      <StatTile
        label="Portal-only"
        icon={IconUserCircle}
        value={counts.portalCustomers}
        to="/accounts"
        search={{ site: id, type: "PORTAL_ONLY" }}
      />
      <StatTile
        label="Both types"
        icon={IconCopy}
        tone={counts.bothTypes > 0 ? "warn" : "neutral"}
        value={counts.bothTypes}
        to="/accounts"
        search={{ site: id, duplicates: true }}
      />
      <StatTile
        label="Deactivated"
        icon={IconUserOff}
        value={counts.deactivated}
        to="/accounts"
        search={{ site: id, active: "no" }}
      />
      <StatTile label="Requests" icon={IconTicket} value={counts.requests} />
    </StatTiles>
  );
}

const accessWords: Record<ProjectAccess, string> = { OPEN: "Open", RESTRICTED: "Restricted" };

const projectColumns: Column<Project>[] = [
  {
    id: "project",
    header: "Project",
    cell: (project) => (
      <>
        <strong>{project.key}</strong> <span className="muted">{project.name}</span>
      </>
    ),
  },
  {
    id: "access",
    header: "Access",
    cell: (project) => (
      <StatusBadge tone={project.access === "OPEN" ? "good" : "neutral"}>
        {accessWords[project.access]}
      </StatusBadge>
    ),
  },
  {
    id: "listed",
    header: "Listed customers",
    numeric: true,
    hideBelow: "sm",
    cell: (project) => <Count value={project.listedCustomers} />,
  },
  {
    id: "requests",
    header: "Requests",
    numeric: true,
    cell: (project) => <Count value={project.requestCount} />,
  },
];
