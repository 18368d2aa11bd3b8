import type { DemoSubjects } from "./demo-run.ts";
import type { World } from "./world.ts";

/** What the pages are about: the demo, its ended migration, and what that left. */
export interface PageScope {
  world: World;
  migrationId: string;
  subjects: DemoSubjects;
}

/** A page of the application: a name fit for a file, and its path with search. */
export interface ListedPage {
  name: string;
  path: (scope: PageScope) => string;
}

const ofMigration =
  (rest: string) =>
  ({ migrationId }: PageScope): string =>
    `/migrations/${migrationId}${rest}`;

const ofGuide =
  (step: number) =>
  ({ world }: PageScope): string =>
    `/migrations/new?from=${world.source.id}&to=${world.destination.id}&step=${step}`;

/** Every page of the signed-in application, over an ended migration of the demo. */
export const pages: ListedPage[] = [
  { name: "my-work", path: () => "/" },
  { name: "migrations", path: () => "/migrations" },
  { name: "new-migration-sites", path: () => "/migrations/new" },
  { name: "new-migration-customers", path: ofGuide(2) },
  { name: "new-migration-scope", path: ofGuide(3) },
  { name: "new-migration-review", path: ofGuide(4) },
  { name: "plan", path: ({ subjects }) => `/migrations/${subjects.plannedId}/plan` },
  { name: "plan-awaited", path: ({ subjects }) => `/migrations/${subjects.awaitedId}/plan` },
  { name: "migration-awaited", path: ({ subjects }) => `/migrations/${subjects.awaitedId}` },
  { name: "migration-complete", path: ofMigration("") },
  { name: "migration-people", path: ofMigration("?tab=accounts") },
  { name: "migration-attention", path: ofMigration("?tab=attention") },
  { name: "migration-events", path: ofMigration("?tab=events") },
  { name: "migration-proof", path: ofMigration("?tab=proof") },
  { name: "migration-reports", path: ofMigration("?tab=reports") },
  { name: "undo", path: ofMigration("/undo") },
  { name: "attention", path: ofMigration("/attention") },
  {
    name: "attention-duplicate",
    path: (scope) => ofMigration(`/attention?item=${scope.subjects.duplicateItemId}`)(scope),
  },
  {
    name: "attention-group-member",
    path: (scope) => ofMigration(`/attention?item=${scope.subjects.groupItemId}`)(scope),
  },
  { name: "imported-groups", path: () => "/groups/review" },
  { name: "group-review", path: ({ subjects }) => `/groups/review/${subjects.groupId}` },
  { name: "accounts", path: () => "/accounts" },
  { name: "account-profile", path: ({ subjects }) => `/accounts/${subjects.accountId}` },
  {
    name: "portal-only-profile",
    path: ({ subjects }) => `/accounts/${subjects.portalCustomerId}?type=portal`,
  },
  { name: "me", path: () => "/me" },
  { name: "me-email", path: () => "/me/email" },
  { name: "services", path: () => "/me/services" },
  { name: "sessions", path: () => "/me/sessions" },
  { name: "api-tokens", path: () => "/api-tokens" },
  { name: "security", path: () => "/me/security" },
  { name: "organization", path: () => "/organization" },
  { name: "service-accounts", path: () => "/organization/service-accounts" },
  { name: "people", path: () => "/organization/people" },
  { name: "site-people", path: ({ world }) => `/organization/sites/${world.destination.id}?tab=people` },
  { name: "site", path: ({ world }) => `/organization/sites/${world.source.id}` },
  {
    name: "import",
    path: ({ world, subjects }) => `/organization/sites/${world.source.id}/imports/${subjects.importId}`,
  },
  { name: "product", path: ({ subjects }) => `/organization/products/${subjects.productId}` },
  {
    name: "product-import",
    path: ({ subjects }) =>
      `/organization/products/${subjects.productId}/imports/${subjects.productImportId}`,
  },
  { name: "audit", path: () => "/audit" },
  { name: "api", path: () => "/api" },
];
