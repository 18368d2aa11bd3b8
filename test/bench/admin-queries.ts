import { setTimeout as wait } from "node:timers/promises";
import type { ApiClient } from "../kit/api-client.ts";

/** What administrators look at while a run goes on, as the pages ask for it. */
const queries: Record<string, { text: string; filter?: object }> = {
  "directory, first page": { text: "list" },
  "directory of a site": { text: "list", filter: { site: true } },
  "search by email": { text: "list", filter: { search: "maria" } },
  "search by a rare name": { text: "list", filter: { search: "zwi" } },
  deactivated: { text: "list", filter: { active: false } },
  "both types": { text: "list", filter: { duplicatesOnly: true } },
  "counts of a site": { text: "counts" },
  "people of the migration": { text: "people" },
  "who requires attention": { text: "attention" },
};

export type QueryTimes = Map<string, number[]>;

/** Asks every query in turn until the promise ends; milliseconds over HTTP by query. */
export async function askWhile(
  admin: ApiClient,
  scope: { sites: string[]; migrationId: string; organizationId: string },
  ended: Promise<unknown>,
): Promise<QueryTimes> {
  const times: QueryTimes = new Map(Object.keys(queries).map((name) => [name, []]));
  let isOver = false;
  void ended.finally(() => {
    isOver = true;
  });
  while (!isOver) {
    for (const [name, query] of Object.entries(queries)) {
      const started = performance.now();
      await ask(admin, scope, query);
      times.get(name)?.push(performance.now() - started);
      // A person clicks; a loop without a pause would be a load test that slows the run it watches.
      await wait(200);
    }
  }
  return times;
}

async function ask(
  admin: ApiClient,
  { sites, migrationId, organizationId }: { sites: string[]; migrationId: string; organizationId: string },
  { text, filter }: { text: string; filter?: object },
): Promise<void> {
  const siteId = sites[1];
  switch (text) {
    case "list": {
      const { site, ...rest } = (filter ?? {}) as { site?: boolean };
      await admin.query(
        `query BenchDirectory($organizationId: ID!, $filter: DirectoryFilter) { directory(organizationId: $organizationId, filter: $filter, first: 50) {
           totalCount totalIsEstimate edges { node { email name type active customerRole duplicate } } } }`,
        { organizationId, filter: site === true ? { siteId, ...rest } : rest },
      );
      return;
    }
    case "counts":
      await admin.query(
        `query BenchSite($id: ID!) { site(id: $id) { counts { accounts accountsWithCustomerRole portalCustomers deactivated requests bothTypes } } }`,
        { id: siteId },
      );
      return;
    default:
      await admin.query(
        `query BenchPeople($id: ID!, $filter: MigrationItemFilter) { migration(id: $id) { items(filter: $filter, first: 50) { edges { node { email outcome } } } } }`,
        { id: migrationId, filter: text === "attention" ? { outcome: "REQUIRES_ATTENTION" } : {} },
      );
  }
}
