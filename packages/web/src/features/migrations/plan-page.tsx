import { useQuery } from "@apollo/client/react";
import { Button, Loader } from "@mantine/core";
import { getRouteApi, Link } from "@tanstack/react-router";
import type { ComponentProps } from "react";
import { useMigrationLive } from "../../shared/live/use-migration-live.ts";
import { MigrationStateBadge } from "../../shared/migration/migration-state-badge.tsx";
import { SiteRoute } from "../../shared/migration/site-route.tsx";
import { NotFoundState, QueryView } from "../../shared/query-view.tsx";
import { ActionNotice, useAction } from "../../shared/use-action.tsx";
import { useRefetchOn } from "../../shared/use-refetch-on.ts";
import { PageStack } from "../../ui/layout.tsx";
import { Notice } from "../../ui/notice.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { EmptyState } from "../../ui/page-states.tsx";
import { Panel } from "../../ui/panel.tsx";
import { SkeletonBlock } from "../../ui/skeleton-rows.tsx";
import { TimeText } from "../../ui/time-text.tsx";
import { planColumns } from "./components/item-columns.tsx";
import { ItemsPanel } from "./components/items-panel.tsx";
import { PlanApproval } from "./components/plan-approval.tsx";
import { PlanBrakes } from "./components/plan-brakes.tsx";
import { PlanChecks } from "./components/plan-checks.tsx";
import { PlanOutcomes } from "./components/plan-outcomes.tsx";
import { StallNotice } from "./components/stall-notice.tsx";
import { PlanSummary } from "./components/plan-summary.tsx";
import { PlanMigrationDocument } from "./migration-actions.generated.ts";
import { MigrationPlanPageDocument, type MigrationPlanPageQuery } from "./plan-page.generated.ts";
import type { ItemSearch } from "./search-params.ts";

const route = getRouteApi("/app/migrations/$id/plan");

/** A migration with its plan, as the parts of the plan page read it. */
export type PlannedMigration = NonNullable<MigrationPlanPageQuery["migration"]>;

/** The dry run: every person's outcome, the checks, what people will notice, and the sealed approval. */
export function PlanPage() {
  const { id } = route.useParams();
  const query = useQuery(MigrationPlanPageDocument, { variables: { id } });
  const live = useMigrationLive(id);
  useRefetchOn(live.progress?.state ?? "", query.refetch);
  const migration = (query.data ?? query.previousData)?.migration;
  const crumbs = [
    { label: "Migrations", to: "/migrations" },
    ...(migration ? [{ label: migration.name, to: "/migrations/$id", params: { id } }] : []),
  ];
  return (
    <>
      <PageHeader
        title="Plan"
        documentTitle={migration ? `Plan of ${migration.name}` : "Plan"}
        crumbs={crumbs}
        status={migration && <MigrationStateBadge state={migration.state} size="lg" />}
        description={
          migration && (
            <>
              <SiteRoute source={migration.sourceSite.name} destination={migration.destinationSite.name} />,{" "}
              {migration.allCustomers ? "all customers" : `projects ${migration.projectKeys.join(", ")}`}
              {migration.plan && (
                <>
                  , planned <TimeText value={migration.plan.plannedAt} />
                </>
              )}
            </>
          )
        }
      />
      <QueryView query={query} what="the plan" skeleton={<SkeletonBlock height={420} />}>
        {(data) =>
          data.migration ? (
            <PlanBody
              migration={data.migration}
              refetch={query.refetch}
              stall={live.progress?.stall ?? null}
            />
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

function PlanBody(props: {
  migration: PlannedMigration;
  refetch: () => Promise<unknown>;
  stall: ComponentProps<typeof StallNotice>["stall"] | null;
}) {
  const { migration } = props;
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const planAgain = useAction(PlanMigrationDocument);
  const runPlan = () =>
    void planAgain.run({ input: { migrationId: migration.id } }).then((done) => done && props.refetch());
  const onSearch = (next: ItemSearch) =>
    void navigate({ search: (old) => ({ ...old, ...next }), replace: true, resetScroll: false });
  const showPeople = (next: ItemSearch) => void navigate({ search: next, hash: "people" });
  if (migration.state === "CHECKING") {
    return props.stall ? <StallNotice stall={props.stall} worker={null} /> : <PlanningNow />;
  }
  if (!migration.plan) {
    return (
      <NoPlan
        migration={migration}
        onPlan={runPlan}
        pending={planAgain.pending}
        problem={planAgain.problem}
      />
    );
  }
  const planButton = migration.viewerCanPlan && (
    <Button variant="default" size="xs" loading={planAgain.pending} onClick={runPlan}>
      Plan again
    </Button>
  );
  return (
    <PageStack>
      <ActionNotice problem={planAgain.problem} />
      {migration.plan.stale && (
        <Notice tone="warn" title="This plan is out of date" actions={planButton}>
          {migration.plan.staleReason ?? "The sites changed since it was made."}
        </Notice>
      )}
      <PlanSummary plan={migration.plan} />
      <PlanChecks
        checks={migration.checks}
        onRecheck={migration.viewerCanPlan ? runPlan : undefined}
        pending={planAgain.pending}
      />
      <PlanOutcomes plan={migration.plan} search={search} onSearch={showPeople} />
      <PlanBrakes migration={migration} />
      <PlanApproval migration={migration} planButton={planButton} onChanged={props.refetch} />
      <ItemsPanel
        migrationId={migration.id}
        title="Every person’s outcome"
        version={migration.plan.fingerprint}
        planned
        columns={planColumns}
        search={search}
        onSearch={onSearch}
      />
    </PageStack>
  );
}

function PlanningNow() {
  return (
    <Panel>
      <EmptyState title="Making the plan" icon={<Loader size={20} />}>
        <output>
          Every customer in scope is compared with the destination. Nothing changes on either site. The plan
          appears here by itself.
        </output>
      </EmptyState>
    </Panel>
  );
}

function NoPlan(props: {
  migration: PlannedMigration;
  onPlan: () => void;
  pending: boolean;
  problem: ReturnType<typeof useAction>["problem"];
}) {
  const { migration } = props;
  return (
    <PageStack>
      <ActionNotice problem={props.problem} />
      {migration.failure && (
        <Notice tone="bad" title="Planning failed">
          {migration.failure}
        </Notice>
      )}
      <Panel>
        <EmptyState
          title="There is no plan yet"
          action={
            migration.viewerCanPlan ? (
              <Button loading={props.pending} onClick={props.onPlan}>
                Plan now
              </Button>
            ) : (
              <Button component={Link} to="/migrations" variant="default">
                All migrations
              </Button>
            )
          }
        >
          {migration.viewerCanPlan
            ? "A plan shows every person’s outcome before anything changes."
            : (migration.whyNot ?? "You may not plan this migration.")}
        </EmptyState>
      </Panel>
    </PageStack>
  );
}
