import { Button } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { SiteRoute } from "../../../shared/migration/site-route.tsx";
import { formatPeople } from "../../../shared/number-format.ts";
import { ActionNotice, useAction } from "../../../shared/use-action.tsx";
import { FactList } from "../../../ui/fact-list.tsx";
import { PageStack } from "../../../ui/layout.tsx";
import { Notice } from "../../../ui/notice.tsx";
import { Panel } from "../../../ui/panel.tsx";
import { CreateMigrationDocument, PlanMigrationDocument } from "../migration-actions.generated.ts";
import type { OfferedSite } from "../new-migration-page.tsx";

/** Step 4: what was chosen; creating plans at once and opens the plan. */
export function ReviewAndCreate(props: {
  source: OfferedSite;
  destination: OfferedSite;
  projects: string[] | undefined;
}) {
  const { source, destination, projects } = props;
  const create = useAction(CreateMigrationDocument);
  const plan = useAction(PlanMigrationDocument);
  const navigate = useNavigate();
  const run = async () => {
    const created = await create.run({
      input: {
        kind: "COPY_CUSTOMERS",
        sourceSiteId: source.id,
        destinationSiteId: destination.id,
        allCustomers: !projects,
        projectKeys: projects ?? [],
      },
    });
    if (!created) {
      return;
    }
    const { id } = created.migration;
    // A refusal to plan is shown on the plan page too, where it can be tried again.
    await plan.run({ input: { migrationId: id } });
    await navigate({ to: "/migrations/$id/plan", params: { id }, search: {} });
  };
  return (
    <Panel title="Review">
      <PageStack>
        <FactList
          facts={[
            { label: "Kind", value: "Copy customers" },
            { label: "Where", value: <SiteRoute source={source.name} destination={destination.name} /> },
            {
              label: "Who",
              value: projects
                ? `Customers of ${projects.join(", ")}`
                : `All customers, ${formatPeople(source.counts.accounts + source.counts.portalCustomers)}`,
            },
          ]}
        />
        <Notice tone="info" title="Next: the plan">
          Every person is compared with the destination and you see each outcome. Nothing changes on either
          site until you approve the plan and start the migration.
        </Notice>
        <ActionNotice problem={create.problem ?? plan.problem} />
        <div>
          <Button loading={create.pending || plan.pending} onClick={() => void run()}>
            Create and plan
          </Button>
        </div>
      </PageStack>
    </Panel>
  );
}
