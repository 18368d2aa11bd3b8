import { useQuery } from "@apollo/client/react";
import { Button } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import { QueryView } from "../../shared/query-view.tsx";
import { useOrganization, useViewer } from "../../shared/viewer.tsx";
import { PageStack } from "../../ui/layout.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { ForbiddenState } from "../../ui/page-states.tsx";
import { Panel } from "../../ui/panel.tsx";
import { SkeletonBlock } from "../../ui/skeleton-rows.tsx";
import { Stepper } from "../../ui/stepper.tsx";
import { ChooseCustomers } from "./components/choose-customers.tsx";
import { ChooseScope } from "./components/choose-scope.tsx";
import { ChooseSites } from "./components/choose-sites.tsx";
import { ReviewAndCreate } from "./components/review-and-create.tsx";
import classes from "./components/new-migration.module.css";
import { NewMigrationSitesDocument, type NewMigrationSitesQuery } from "./new-migration.generated.ts";
import type { NewMigrationSearch } from "./search-params.ts";

const route = getRouteApi("/app/migrations/new");

/** A site as the guided start offers it. */
export type OfferedSite = NonNullable<NewMigrationSitesQuery["organization"]>["sites"][number];

const stepWords = ["Where from, where to", "Customers", "Scope", "Review"];

/** The guided start of a copy of customers, in four steps; the last one plans, which changes nothing. */
export function NewMigrationPage() {
  const organization = useOrganization();
  const viewer = useViewer();
  const query = useQuery(NewMigrationSitesDocument, { variables: { organizationId: organization.id } });
  return (
    <>
      <PageHeader
        title="New migration"
        crumbs={[{ label: "Migrations", to: "/migrations" }]}
        description="Copies customers from one site to another. Nothing changes until you approve the plan and start it."
      />
      {viewer.viewerCanMigrate ? (
        <QueryView query={query} what="the sites" skeleton={<SkeletonBlock height={360} />}>
          {(data) => <GuidedStart sites={data.organization?.sites ?? []} onImported={query.refetch} />}
        </QueryView>
      ) : (
        <Panel>
          <ForbiddenState
            title="You may not start migrations"
            whoCanGrant={organization.admins.map((admin) => admin.account.name)}
          >
            Site admins and organization admins may.
          </ForbiddenState>
        </Panel>
      )}
    </>
  );
}

function GuidedStart(props: { sites: readonly OfferedSite[]; onImported: () => Promise<unknown> }) {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const change = (next: NewMigrationSearch) => void navigate({ search: (old) => ({ ...old, ...next }) });
  const source = props.sites.find((site) => site.id === search.from);
  const destination = props.sites.find((site) => site.id === search.to);
  const step = source && destination ? (search.step ?? 1) : 1;
  const show = (next: number) =>
    change({ step: ([2, 3, 4] as const).find((candidate) => candidate === next) });
  return (
    <PageStack>
      <Panel>
        <Stepper
          label="Steps"
          steps={stepWords.map((label, index) => ({
            id: String(index + 1),
            label,
            state: index + 1 < step ? "done" : index + 1 === step ? "current" : "next",
          }))}
          onPick={(id) => show(Number(id))}
        />
      </Panel>
      {(step === 1 || !source || !destination) && (
        <ChooseSites
          sites={props.sites}
          from={search.from}
          to={search.to}
          onChange={(next) => change({ ...next, projects: undefined })}
        />
      )}
      {source && destination && step === 2 && (
        <ChooseCustomers source={source} destination={destination} onImported={props.onImported} />
      )}
      {source && destination && step === 3 && (
        <ChooseScope
          source={source}
          projects={search.projects}
          onChange={(projects) => change({ projects })}
        />
      )}
      {source && destination && step === 4 && (
        <ReviewAndCreate source={source} destination={destination} projects={search.projects} />
      )}
      <div className={classes.steps}>
        {step > 1 && (
          <Button variant="default" onClick={() => show(step - 1)}>
            Back
          </Button>
        )}
        {step < 4 && (
          <Button
            disabled={!source || !destination || (step === 3 && search.projects?.length === 0)}
            onClick={() => show(step + 1)}
          >
            Continue
          </Button>
        )}
      </div>
    </PageStack>
  );
}
