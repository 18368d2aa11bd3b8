import { useQuery } from "@apollo/client/react";
import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import {
  IconAlertTriangle,
  IconClipboardCheck,
  IconPlayerPlay,
  IconPlus,
  IconUsersGroup,
} from "@tabler/icons-react";
import { lazy, Suspense } from "react";
import { QueryView } from "../../shared/query-view.tsx";
import { useViewerContext } from "../../shared/viewer.tsx";
import { PageStack } from "../../ui/layout.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { EmptyState, ForbiddenState } from "../../ui/page-states.tsx";
import { Panel } from "../../ui/panel.tsx";
import { SkeletonBlock } from "../../ui/skeleton-rows.tsx";
import { StatTile, StatTiles } from "../../ui/stat-tile.tsx";
import { MyWorkDocument, type MyWorkQuery } from "./my-work.generated.ts";
import { OwnPanels } from "./own-panels.tsx";
import { RequestInbox } from "./request-inbox.tsx";
import { AttentionList, GroupList, ImportList, RunningList, WaitingList } from "./work-lists.tsx";

// Most people never see it, and its form weighs more than the rest of the page.
const AskForAccess = lazy(async () => ({
  default: (await import("../../shared/roles/ask-for-access.tsx")).AskForAccess,
}));

// For organization admins, and seldom.
const ClosingInbox = lazy(async () => ({
  default: (await import("../../shared/closing/closing-inbox.tsx")).ClosingInbox,
}));

/** The first page: what runs, what waits for me, what needs someone. */
export function MyWorkPage() {
  const { viewer, organization } = useViewerContext();
  const query = useQuery(MyWorkDocument, { fetchPolicy: "cache-and-network", pollInterval: 30_000 });
  const mayWork = viewer.viewerCanMigrate || viewer.viewerCanAudit || viewer.adminSites.length > 0;
  return (
    <>
      <PageHeader
        title="My work"
        description={organization ? `What runs and what waits for you in ${organization.name}.` : undefined}
        actions={
          viewer.viewerCanMigrate && (
            <Button component={Link} to="/migrations/new" leftSection={<IconPlus size={16} />}>
              New migration
            </Button>
          )
        }
      />
      <QueryView query={query} what="your work" skeleton={<SkeletonBlock height={320} />}>
        {({ myWork, viewer: own }) => (
          <PageStack>
            {myWork.accessRequests.length > 0 && <RequestInbox requests={myWork.accessRequests} />}
            {myWork.closingRequests.length > 0 && (
              <Suspense fallback={<SkeletonBlock height={110} />}>
                <ClosingInbox requests={myWork.closingRequests} />
              </Suspense>
            )}
            {mayWork ? (
              <Work work={myWork} canMigrate={viewer.viewerCanMigrate} />
            ) : (
              <Panel>
                <ForbiddenState
                  title="You administer no site here"
                  whoCanGrant={organization?.admins.map((admin) => admin.account.name)}
                  action={
                    organization && (
                      <Suspense fallback={null}>
                        <AskForAccess />
                      </Suspense>
                    )
                  }
                >
                  You are signed in as {viewer.account.email}. Migrations are run by site admins and
                  organization admins.
                </ForbiddenState>
              </Panel>
            )}
            <OwnPanels own={own} isAdmin={mayWork} />
          </PageStack>
        )}
      </QueryView>
    </>
  );
}

function Work(props: { work: MyWorkQuery["myWork"]; canMigrate: boolean }) {
  const { work } = props;
  const isFirstUse =
    work.running.length + work.waitingForApproval.length + work.attentionMigrations.length === 0 &&
    work.groupsToReview.length + work.recentImports.length === 0;
  if (isFirstUse) {
    return <FirstUse canMigrate={props.canMigrate} />;
  }
  return (
    <PageStack>
      <StatTiles>
        <StatTile
          label="Running"
          value={work.running.length}
          icon={IconPlayerPlay}
          tone="info"
          to="/migrations"
        />
        <StatTile
          label="Waiting for approval"
          value={work.waitingForApproval.length}
          icon={IconClipboardCheck}
          tone={work.waitingForApproval.length > 0 ? "warn" : "neutral"}
          to="/migrations"
          search={{ state: "PLANNED" }}
        />
        <StatTile
          label="Groups to review"
          value={work.groupsToReview.length}
          icon={IconUsersGroup}
          tone={work.groupsToReview.length > 0 ? "warn" : "neutral"}
          to="/groups/review"
        />
        <StatTile
          label="People requiring attention"
          value={work.openAttention}
          icon={IconAlertTriangle}
          tone={work.openAttention > 0 ? "warn" : "neutral"}
          to="/migrations"
          search={{ attention: true }}
        />
      </StatTiles>
      {work.running.length > 0 && <RunningList migrations={work.running} />}
      {work.waitingForApproval.length > 0 && <WaitingList migrations={work.waitingForApproval} />}
      {work.groupsToReview.length > 0 && <GroupList groups={work.groupsToReview} />}
      {work.attentionMigrations.length > 0 && <AttentionList migrations={work.attentionMigrations} />}
      {work.recentImports.length > 0 && <ImportList imports={work.recentImports} />}
    </PageStack>
  );
}

function FirstUse(props: { canMigrate: boolean }) {
  return (
    <Panel>
      <EmptyState
        title="Nothing runs and nothing waits for you"
        action={
          props.canMigrate && (
            <Button component={Link} to="/migrations/new">
              Plan a migration
            </Button>
          )
        }
      >
        Plan a copy of customers between two sites: upload the files, see every person’s outcome, then decide.
      </EmptyState>
    </Panel>
  );
}
