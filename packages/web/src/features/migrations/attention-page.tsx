import { useQuery } from "@apollo/client/react";
import { Button } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import { IconDownload } from "@tabler/icons-react";
import { useMigrationLive } from "../../shared/live/use-migration-live.ts";
import { formatPeople } from "../../shared/number-format.ts";
import { NotFoundState, QueryView } from "../../shared/query-view.tsx";
import { useRefetchOn } from "../../shared/use-refetch-on.ts";
import { Notice } from "../../ui/notice.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { PageStack } from "../../ui/layout.tsx";
import { Panel } from "../../ui/panel.tsx";
import { SkeletonBlock } from "../../ui/skeleton-rows.tsx";
import { AttentionQueueDocument, type AttentionQueueQuery } from "./attention-page.generated.ts";
import { PlanAgainButton } from "./components/plan-again-button.tsx";
import { AttentionQueue } from "./components/attention-queue.tsx";

const route = getRouteApi("/app/migrations/$id/attention");

/** A migration as the attention queue reads it. */
export type QueuedMigration = NonNullable<AttentionQueueQuery["migration"]>;

/** The queue of people somebody must act on: problem, next step, and the accounts compared side by side. */
export function AttentionPage() {
  const { id } = route.useParams();
  const query = useQuery(AttentionQueueDocument, { variables: { id } });
  const live = useMigrationLive(id);
  const openNow = live.progress?.openAttention ?? null;
  useRefetchOn(String(openNow ?? ""), query.refetch);
  const migration = (query.data ?? query.previousData)?.migration;
  const total = migration?.attentionByProblem.reduce((sum, row) => sum + row.count, 0) ?? null;
  return (
    <>
      <PageHeader
        title="Requires attention"
        documentTitle={migration ? `Attention in ${migration.name}` : "Requires attention"}
        crumbs={[
          { label: "Migrations", to: "/migrations" },
          ...(migration ? [{ label: migration.name, to: "/migrations/$id", params: { id } }] : []),
        ]}
        description={total === null ? undefined : `${formatPeople(total)} left to act on.`}
        actions={
          migration && (
            <>
              <PlanAgainButton migration={migration} />
              <Button
                component="a"
                href={`/api/migrations/${id}/report.zip`}
                download
                variant="default"
                leftSection={<IconDownload size={16} />}
              >
                Download report
              </Button>
            </>
          )
        }
      />
      <QueryView query={query} what="the queue" skeleton={<SkeletonBlock height={420} />}>
        {(data) =>
          data.migration ? (
            <PageStack>
              {!data.migration.viewerCanResolve && data.migration.whyNot && (
                <Notice tone="neutral" title="You can look, not resolve">
                  {data.migration.whyNot}
                </Notice>
              )}
              <AttentionQueue migration={data.migration} openNow={openNow} onChanged={query.refetch} />
            </PageStack>
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
