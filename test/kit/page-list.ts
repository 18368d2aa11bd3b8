import type { DemoSubjects } from "./demo-run.ts";
import type { World } from "./world.ts";

/** A page of the application: a file-name-like name and its path with search. */
export interface ListedPage {
  name: string;
  path: string;
}

/** The tabs of a migration's page, the first one apart, which has no name in the path. */
export const migrationTabs = ["accounts", "attention", "events", "proof", "reports"];

/** Every page of the signed-in application, over an ended migration of the demo. */
export function listPages(world: World, migrationId: string, subjects: DemoSubjects): ListedPage[] {
  const { source, destination } = world;
  const guide = (step: number): string =>
    `/migrations/new?from=${source.id}&to=${destination.id}&step=${step}`;
  const migration = `/migrations/${migrationId}`;
  return [
    { name: "my-work", path: "/" },
    { name: "migrations", path: "/migrations" },
    { name: "new-migration-sites", path: "/migrations/new" },
    { name: "new-migration-customers", path: guide(2) },
    { name: "new-migration-scope", path: guide(3) },
    { name: "new-migration-review", path: guide(4) },
    { name: "plan", path: `/migrations/${subjects.plannedId}/plan` },
    { name: "migration-complete", path: migration },
    ...migrationTabs.map((tab) => ({ name: `migration-${tab}`, path: `${migration}?tab=${tab}` })),
    { name: "attention", path: `${migration}/attention` },
    { name: "attention-duplicate", path: `${migration}/attention?item=${subjects.duplicateItemId}` },
    { name: "attention-group-member", path: `${migration}/attention?item=${subjects.groupItemId}` },
    { name: "imported-groups", path: "/groups/review" },
    { name: "group-review", path: `/groups/review/${subjects.groupId}` },
    { name: "accounts", path: "/accounts" },
    { name: "account-profile", path: `/accounts/${subjects.accountId}` },
    { name: "portal-only-profile", path: `/accounts/${subjects.portalCustomerId}?type=portal` },
    { name: "organization", path: "/organization" },
    { name: "site", path: `/organization/sites/${source.id}` },
    { name: "import", path: `/organization/sites/${source.id}/imports/${subjects.importId}` },
    { name: "audit", path: "/audit" },
    { name: "api", path: "/api" },
  ];
}
