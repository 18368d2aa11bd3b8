import type { CheckResult } from "../../kind.ts";
import { countOf, people, toCheckResult } from "./check-result.ts";
import type { SurveyTopic } from "./sql/survey-items.ts";
import type { Survey } from "./survey.ts";

interface Sites {
  source: string;
  destination: string;
}

/** What the plan found about people: differing types, duplicates, and everyone a person has to look at. */
export function checkPeople(sites: Sites, survey: Survey): CheckResult[] {
  return [
    checkTypes(sites, survey),
    checkDuplicates(sites, survey),
    checkNotCopied(sites, survey),
    checkInactive(sites, survey),
    checkManaged(sites, survey),
    checkLookalikes(sites, survey),
  ];
}

function checkTypes({ destination }: Sites, survey: Survey): CheckResult {
  const differs = survey.count("TYPE_DIFFERS");
  const withoutRole = survey.count("WITHOUT_ROLE");
  const hidden = survey.count("DUPLICATE_NOW", "DUPLICATE_AFTER");
  return toCheckResult({
    code: "ACCOUNT_TYPES_MATCH",
    title: "Account types match and accounts have the Customer role",
    affected: survey.count("TYPE_OR_ROLE"),
    found: [
      `${people(differs, "has", "have")} another account type on ${destination} than on the source.`,
      `${people(withoutRole, "lacks", "lack")} permission to reach service projects until the imported group is reviewed.`,
      `${people(hidden, "does", "do")} not reach the requests of a portal-only account until it is upgraded.`,
    ].join(" "),
    none: `Everyone who is copied has the same account type on both sites, and every account has the Customer role on ${destination}.`,
    who: `Site admins of ${destination}`,
    fix: "Review the imported group and upgrade the portal-only accounts after the run; both are listed there.",
    examples: survey.examples("TYPE_OR_ROLE"),
  });
}

function checkDuplicates({ destination }: Sites, survey: Survey): CheckResult {
  const now = survey.count("DUPLICATE_NOW");
  const after = survey.count("DUPLICATE_AFTER");
  return toCheckResult({
    code: "DUPLICATES_ON_DESTINATION",
    title: "Nobody has two accounts on the destination",
    affected: now + after,
    found: `${people(now, "has", "have")} both account types on ${destination} already, ${people(after, "gets", "get")} the second one by this migration.`,
    none: `Nobody has or gets both account types on ${destination}.`,
    who: `Site admins of ${destination}`,
    fix: "Upgrade the portal-only accounts to Atlassian accounts, before the run or from its list afterwards.",
    examples: survey.examples("DUPLICATE_NOW", "DUPLICATE_AFTER"),
  });
}

const notCopied: readonly [SurveyTopic, string, string][] = [
  ["BAD_ROW", "bad row", "bad rows"],
  ["INVALID_EMAIL", "invalid email", "invalid emails"],
  ["UNSUPPORTED_ADDRESS", "unsupported address", "unsupported addresses"],
  ["DUPLICATE_ROW", "duplicate", "duplicates"],
  ["DISTRIBUTION_LIST", "distribution list", "distribution lists"],
  ["BOT", "bot", "bots"],
];

function checkNotCopied({ source }: Sites, survey: Survey): CheckResult {
  const topics = notCopied.map(([topic]) => topic);
  const affected = survey.count(...topics);
  const kinds = notCopied
    .filter(([topic]) => survey.count(topic) > 0)
    .map(([topic, one, many]) => countOf(survey.count(topic), one, many));
  return toCheckResult({
    code: "ROWS_NOT_COPIED",
    title: "Every row can be copied",
    affected,
    found: `${countOf(affected, "row is", "rows are")} not copied: ${kinds.join(", ")}.`,
    none: "No row is invalid, a duplicate, a distribution list or a bot.",
    who: `Site admins of ${source}`,
    fix: "Correct the rows and upload them again; mark a list or bot that is one person with the kind “person”.",
    examples: survey.examples(...topics),
  });
}

function checkInactive({ source, destination }: Sites, survey: Survey): CheckResult {
  const atSource = survey.count("INACTIVE_ON_SOURCE");
  const atDestination = survey.count("INACTIVE_ON_DESTINATION");
  return toCheckResult({
    code: "INACTIVE_PEOPLE",
    title: "Everyone is active on both sites",
    affected: atSource + atDestination,
    found: `${people(atSource, "is", "are")} inactive on ${source} and ${people(atDestination, "has", "have")} a deactivated account or revoked portal access on ${destination}. They stay as they are.`,
    none: "Nobody in scope is deactivated or has lost portal access.",
    who: `Site admins of ${source} and ${destination}`,
    fix: "Reactivate those who should come along, then plan again.",
    examples: survey.examples("INACTIVE_ON_SOURCE", "INACTIVE_ON_DESTINATION"),
  });
}

function checkManaged({ destination }: Sites, survey: Survey): CheckResult {
  const affected = survey.count("MANAGED_BY_ANOTHER_ORGANIZATION");
  return toCheckResult({
    code: "MANAGED_ELSEWHERE",
    title: "No account is managed by another organization",
    affected,
    found: `${people(affected, "has an account", "have accounts")} on ${destination} that another organization manages. They stay as they are.`,
    none: `No account of these people on ${destination} is managed by another organization.`,
    who: "The organization that manages the accounts",
    fix: "Ask that organization to agree, then copy again.",
    examples: survey.examples("MANAGED_BY_ANOTHER_ORGANIZATION"),
  });
}

function checkLookalikes({ source }: Sites, survey: Survey): CheckResult {
  const affected = survey.count("LOOKALIKE");
  return toCheckResult({
    code: "LOOKALIKES",
    title: "No address looks like another one",
    affected,
    found: `${countOf(affected, "address looks", "addresses look")} like another address but ${affected === 1 ? "is" : "are"} not. Each is treated as exactly what it is.`,
    none: "No address can be mistaken for another one.",
    who: `Site admins of ${source}`,
    fix: "Check that these are the addresses meant; correct the row if not.",
    examples: survey.examples("LOOKALIKE"),
  });
}
