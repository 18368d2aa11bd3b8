import { useQuery } from "@apollo/client/react";
import { Tabs } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import { useMigrationLive, type MigrationLive } from "../../shared/live/use-migration-live.ts";
import { MigrationStateBadge } from "../../shared/migration/migration-state-badge.tsx";
import { SiteRoute } from "../../shared/migration/site-route.tsx";
import { formatCount } from "../../shared/number-format.ts";
import { NotFoundState, QueryView } from "../../shared/query-view.tsx";
import { useRefetchOn } from "../../shared/use-refetch-on.ts";
import { PageStack } from "../../ui/layout.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { Panel } from "../../ui/panel.tsx";
import { SkeletonBlock } from "../../ui/skeleton-rows.tsx";
import { FollowUpNotices } from "./components/follow-up-notices.tsx";
import { AttentionTab } from "./components/attention-tab.tsx";
import { EventsTab } from "./components/events-tab.tsx";
import { outcomeColumns, undoColumn } from "./components/item-columns.tsx";
import { ItemsPanel } from "./components/items-panel.tsx";
import { MigrationControls } from "./components/migration-controls.tsx";
import { OutcomeTiles } from "./components/outcome-tiles.tsx";
import { OverviewTab } from "./components/overview-tab.tsx";
import { ProgressAnnouncer } from "./components/progress-announcer.tsx";
import { ProgressPanel } from "./components/progress-panel.tsx";
import { ProofFailedNotice, ShowUnexplained } from "./components/proof-notice.tsx";
import { ProofTab } from "./components/proof-tab.tsx";
import { ReportsTab } from "./components/reports-tab.tsx";
import { MigrationDetailDocument, type MigrationDetailQuery } from "./migration-page.generated.ts";
import { migrationTabs, type MigrationSearch, type MigrationTab } from "./search-params.ts";

const route = getRouteApi("/app/migrations/$id");

/** A migration as the parts of its page read it. */
export type DetailedMigration = NonNullable<MigrationDetailQuery["migration"]>;

const tabWords: Record<MigrationTab, string> = {
  overview: "Overview",
  accounts: "People",
  attention: "Attention",
  events: "Events",
  proof: "Access proof",
  reports: "Reports",
};

/** Watch and control one migration: what is happening, how far, how fast, what needs me. */
export function MigrationPage() {
  const { id } = route.useParams();
  const query = useQuery(MigrationDetailDocument, { variables: { id } });
  const live = useMigrationLive(id);
  const migration = (query.data ?? query.previousData)?.migration;
  // Progress comes by itself; what else changes with a phase or a resolved person is read again.
  const proven = live.log.events.find((event) => event.type.startsWith("PROOF_"))?.sequence ?? "";
  useRefetchOn(`${versionOf(live.progress)}:${proven}:${live.progress?.undone ?? ""}`, query.refetch);
  const state = live.progress?.state ?? migration?.state;
  return (
    <>
      <PageHeader
        title={migration?.name ?? "Migration"}
        crumbs={[{ label: "Migrations", to: "/migrations" }]}
        status={state && <MigrationStateBadge state={state} size="lg" />}
        description={
          migration && (
            <>
              <SiteRoute source={migration.sourceSite.name} destination={migration.destinationSite.name} />,{" "}
              {migration.allCustomers ? "all customers" : `projects ${migration.projectKeys.join(", ")}`}
            </>
          )
        }
        actions={migration && <MigrationControls migration={migration} onChanged={query.refetch} />}
      />
      <QueryView query={query} what="the migration" skeleton={<SkeletonBlock height={420} />}>
        {(data) =>
          data.migration ? (
            <MigrationBody migration={data.migration} live={live} onChanged={query.refetch} />
          ) : (
            <Panel>
              <NotFoundState what="This migration" />
            </Panel>
          )
        }
      </QueryView>
    </>
  );
}

/** Changes whenever something besides the numbers may have: a phase, a settled person, a released brake, a stall. */
function versionOf(progress: MigrationLive["progress"]): string {
  if (progress === null) {
    return ":";
  }
  const paused = progress.state === "PAUSED" ? progress.sequence : "";
  return [progress.state, progress.openAttention, paused, progress.stall?.cause ?? ""].join(":");
}

function MigrationBody(props: {
  migration: DetailedMigration;
  live: MigrationLive;
  onChanged: () => Promise<unknown>;
}) {
  const { migration, live } = props;
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const progress = live.progress ?? migration.progress;
  const tab = search.tab ?? "overview";
  const showTab = (next: string | null) =>
    void navigate({
      search: { tab: migrationTabs.find((candidate) => candidate === next && candidate !== "overview") },
      resetScroll: false,
    });
  return (
    <PageStack>
      <ProgressAnnouncer progress={live.progress} />
      <ProofFailedNotice
        proof={migration.proof}
        actions={tab !== "proof" && <ShowUnexplained migrationId={migration.id} />}
      />
      <FollowUpNotices migration={migration} />
      <ProgressPanel migration={migration} progress={progress} onChanged={props.onChanged} />
      <OutcomeTiles migrationId={migration.id} progress={progress} />
      <Tabs id="details" className="scroll-target" value={tab} onChange={showTab} keepMounted={false}>
        <Tabs.List>
          {migrationTabs.map((name) => (
            <Tabs.Tab key={name} value={name}>
              {tabWords[name]}
              {name === "attention" &&
                progress.openAttention > 0 &&
                ` (${formatCount(progress.openAttention)})`}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={tab} pt="md">
          <TabContent
            tab={tab}
            migration={migration}
            live={{ ...live, progress }}
            search={search}
            onSearch={(next) =>
              void navigate({ search: (old) => ({ ...old, ...next }), replace: true, resetScroll: false })
            }
          />
        </Tabs.Panel>
      </Tabs>
    </PageStack>
  );
}

function TabContent(props: {
  tab: MigrationTab;
  migration: DetailedMigration;
  live: MigrationLive;
  search: MigrationSearch;
  onSearch: (next: MigrationSearch) => void;
}) {
  const { migration, live } = props;
  switch (props.tab) {
    case "overview":
      return <OverviewTab log={live.log} state={live.progress?.state ?? migration.state} />;
    case "accounts":
      return (
        <ItemsPanel
          migrationId={migration.id}
          title="People"
          version={`${live.progress?.state}:${live.progress?.openAttention}:${migration.undoneCount}`}
          planned={false}
          columns={migration.viewerCanUndo ? [...outcomeColumns, undoColumn(migration.id)] : outcomeColumns}
          search={props.search}
          onSearch={props.onSearch}
        />
      );
    case "attention":
      return <AttentionTab migration={migration} />;
    case "events":
      return <EventsTab migrationId={migration.id} log={live.log} />;
    case "proof":
      return <ProofTab migration={migration} search={props.search} onSearch={props.onSearch} />;
    case "reports":
      return <ReportsTab migration={migration} />;
  }
}
