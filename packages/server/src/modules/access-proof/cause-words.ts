import type { StatementRunner } from "../../platform/database/statement.ts";
import { nameCausesStatement } from "./sql/name-causes.ts";

/** Every cause that can account for a difference, in the order they can first occur. */
export const proofCauses = [
  "CREATED",
  "ADDED",
  "CARRIED_TO_PORTAL_ONLY",
  "CARRIED_TO_ACCOUNT",
  "DUPLICATE",
  "APPROVED",
  "UPGRADED",
  "ACCOUNT_CLOSED",
  "OTHER_MIGRATION",
] as const;

/** Says a cause in the words of the report; null for none. */
export type SayCause = (cause: string | null, causeId: string | null) => string | null;

/** The words for the causes of a migration's differences; reads the names they need at once. */
export async function causeWords(
  em: StatementRunner,
  migrationId: string,
  causes: readonly { causeId: string | null }[],
): Promise<SayCause> {
  const ids = causes.flatMap(({ causeId }) => causeId ?? []);
  const rows = await nameCausesStatement.run(em, [migrationId, ids]);
  const names = new Map(rows.map(({ id, name }) => [id, name]));
  return (cause, causeId) =>
    cause === null
      ? null
      : say(cause, names.get(migrationId) ?? "", causeId === null ? null : names.get(causeId));
}

function say(cause: string, groupName: string, name: string | null | undefined): string {
  const by = name ? ` by ${name}` : "";
  switch (cause) {
    case "CREATED":
      return "Created as portal-only";
    case "ADDED":
      return "Atlassian account added to the site";
    case "CARRIED_TO_PORTAL_ONLY":
      return "Project list carried to the portal-only account";
    case "CARRIED_TO_ACCOUNT":
      return "Project list carried to the Atlassian account";
    case "DUPLICATE":
      return "Duplicate: sign-in resolves to the Atlassian account until the upgrade";
    case "APPROVED":
      return `Customer role approved through group ${groupName}${by}`;
    case "UPGRADED":
      return `Upgraded to the Atlassian account${by}`;
    case "ACCOUNT_CLOSED":
      return "Account closed by request";
    case "OTHER_MIGRATION":
      return `Changed by ${name ?? "another migration"}`;
    default:
      throw new Error(`No words for the cause ${cause}`);
  }
}
