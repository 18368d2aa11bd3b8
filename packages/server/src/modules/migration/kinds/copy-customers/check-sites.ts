import type { CheckResult } from "../../kind.ts";
import { countOf, people, toCheckResult } from "./check-result.ts";
import type { Hindrances } from "./sql/find-hindrances.ts";
import type { Survey } from "./survey.ts";

/** Whether there is anything to copy, and whether something else is going on at the two sites. */
export function checkSites(sites: Hindrances, survey: Survey): CheckResult[] {
  const found = survey.count("PERSON");
  const { source, destination, liveRuns, pendingUploads } = sites;
  return [
    {
      code: "SOURCE_HAS_CUSTOMERS",
      severity: "BLOCKER",
      passed: found > 0,
      title: "The source has customers to copy",
      detail:
        found > 0
          ? `${people(found, "is", "are")} in scope on ${source}.`
          : `Nobody on ${source} is in the chosen scope.`,
      who: `Site admins of ${source}`,
      fix:
        found > 0
          ? "Nothing to do."
          : "Upload a customer file to the source, or choose other service projects.",
      affected: found,
      examples: [],
    },
    toCheckResult({
      code: "ANOTHER_RUN_LIVE",
      severity: "BLOCKER",
      title: "No other run is live between these sites",
      affected: liveRuns.length,
      found: `${countOf(liveRuns.length, "other migration is", "other migrations are")} approved or under way between ${source} and ${destination}.`,
      none: `No other migration between ${source} and ${destination} is approved or under way.`,
      who: "Whoever runs the other migration",
      fix: "Wait until it ends, or stop it, then plan again.",
      examples: liveRuns,
    }),
    toCheckResult({
      code: "SOURCE_UPLOAD_PENDING",
      title: "No upload waits to be applied",
      affected: pendingUploads.length,
      found: `${countOf(pendingUploads.length, "upload", "uploads")} to ${source} or ${destination} ${pendingUploads.length === 1 ? "is" : "are"} not applied, so this plan does not know what ${pendingUploads.length === 1 ? "it brings" : "they bring"}.`,
      none: "Every upload to both sites was applied or discarded.",
      who: `Site admins of ${source} and ${destination}`,
      fix: "Apply or discard the upload, then plan again.",
      examples: pendingUploads,
    }),
    {
      code: "BILLABLE_SEATS",
      severity: "INFO",
      passed: true,
      title: "No billable seats",
      detail: "The Customer role and portal-only accounts are unpaid: this migration adds 0 billable seats.",
      who: "Nobody",
      fix: "Nothing to do.",
      affected: 0,
      examples: [],
    },
  ];
}
