import type { StatementRunner } from "../../../../platform/database/statement.ts";
import type { CheckResult, MigrationScope } from "../../kind.ts";
import { checkPeople } from "./check-people.ts";
import { checkProjects } from "./check-projects.ts";
import { checkSites } from "./check-sites.ts";
import type { CopyCustomersOptions } from "./options.ts";
import { compareProjectsStatement } from "./sql/compare-projects.ts";
import { findHindrancesStatement } from "./sql/find-hindrances.ts";
import { findUnknownKeysStatement } from "./sql/find-unknown-keys.ts";
import { surveyItemsStatement } from "./sql/survey-items.ts";
import { Survey } from "./survey.ts";

/** Looks at the plan just made and at both sites. Reads only; blockers come first. */
export async function checkCopy(
  em: StatementRunner,
  scope: MigrationScope<CopyCustomersOptions>,
): Promise<CheckResult[]> {
  const { migrationId, sourceSiteId, destinationSiteId, options } = scope;
  const [sites] = await findHindrancesStatement.run(em, [migrationId, sourceSiteId, destinationSiteId]);
  if (sites === undefined) {
    throw new Error(`Migration ${migrationId} has lost one of its sites`);
  }
  const survey = new Survey(await surveyItemsStatement.run(em, [migrationId]));
  const chosenKeys = options.allCustomers ? [] : options.projectKeys;
  const projects = await compareProjectsStatement.run(em, [
    sourceSiteId,
    destinationSiteId,
    options.allCustomers,
    options.projectKeys,
  ]);
  const unknownKeys = await findUnknownKeysStatement.run(em, [sourceSiteId, chosenKeys]);
  return [
    ...checkSites(sites, survey),
    ...checkProjects(sites, projects, unknownKeys),
    ...checkPeople(sites, survey),
  ];
}
