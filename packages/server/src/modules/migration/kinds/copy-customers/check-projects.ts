import type { CheckResult } from "../../kind.ts";
import { countOf, toCheckResult } from "./check-result.ts";
import type { ProjectPair } from "./sql/compare-projects.ts";

interface UnknownKey {
  key: string;
  rows: number;
  chosen: boolean;
  /** How many such keys there are in all. */
  keys: number;
}

/** Whether the service projects of both sites fit together. */
export function checkProjects(
  sites: { source: string; destination: string },
  projects: readonly ProjectPair[],
  unknownKeys: readonly UnknownKey[],
): CheckResult[] {
  const { source, destination } = sites;
  const missing = projects.filter((project) => project.lists && project.destinationAccess === null);
  const unequal = projects.filter(
    (project) => project.destinationAccess !== null && project.destinationAccess !== project.access,
  );
  const unknown = unknownKeys[0]?.keys ?? 0;
  const chosen = unknownKeys.filter((key) => key.chosen).length;
  return [
    toCheckResult({
      code: "PROJECT_KEYS_MATCH",
      title: "Projects that list customers exist on the destination",
      affected: missing.length,
      found: `${countOf(missing.length, "service project lists", "service projects list")} customers on ${source} and ${missing.length === 1 ? "has" : "have"} no project of the same key on ${destination}. Those lists are not carried.`,
      none: `Every service project that lists customers has one of the same key on ${destination}.`,
      who: `Site admins of ${destination}`,
      fix: "Create a service project with the same key on the destination, then plan again.",
      examples: missing.map((project) => project.key),
    }),
    toCheckResult({
      code: "PROJECT_ACCESS_MATCHES",
      title: "Projects of the same key have the same access",
      affected: unequal.length,
      found: `${countOf(unequal.length, "service project is", "service projects are")} open on one site and restricted on the other, so people reach more or less than before.`,
      none: "Service projects of the same key are open or restricted alike on both sites.",
      who: `Site admins of ${destination}`,
      fix: "Make the access equal, or go on if the difference is wanted.",
      examples: unequal.map((project) => project.key),
    }),
    toCheckResult({
      code: "UNKNOWN_PROJECT_KEYS",
      title: "Every project key is known on the source",
      affected: unknown,
      found: `${countOf(unknown, "project key is", "project keys are")} named in the uploads or chosen for this migration${chosen > 0 ? ` (${chosen} chosen)` : ""} but ${unknown === 1 ? "does" : "do"} not exist on ${source}. They grant nothing.`,
      none: `Every project key in the uploads and in the scope exists on ${source}.`,
      who: `Site admins of ${source}`,
      fix: "Correct the key in the file and upload it again, or upload the missing projects.",
      examples: unknownKeys.map((key) => key.key),
    }),
  ];
}
