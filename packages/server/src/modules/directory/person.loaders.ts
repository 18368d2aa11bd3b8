import type DataLoader from "dataloader";
import type { RequestContext } from "../../platform/graphql/context.ts";
import { loader } from "../../platform/graphql/loader.ts";
import { loadHistory, type AuditEntryType } from "../audit/index.ts";
import { canAudit, canReadDirectory, type Actor } from "../sign-in/index.ts";
import { toPresence, toProfile } from "./directory.view.ts";
import type {
  PersonProfileType,
  ReachableProjectType,
  ReachableRequestType,
  SitePresenceType,
} from "./person.types.ts";
import { listPresencesStatement } from "./sql/list-presences.ts";
import { listProjectReachStatement } from "./sql/list-project-reach.ts";
import { listRequestReachStatement } from "./sql/list-request-reach.ts";
import { loadProfilesStatement } from "./sql/load-profiles.ts";

/** Requests that a presence shows at most. */
const mostRequests = 50;

/** Organizations whose people the actor may read, by id. */
export function readableOrganizations(actor: Actor | null): string[] {
  return organizationsWhere(actor, canReadDirectory);
}

/**
 * People by the id of their account or portal-only account, as far as the viewer may read them: null for
 * a missing one and for one who is on no site of an organization whose directory the viewer reads.
 */
export function loadProfiles(context: RequestContext<Actor>): DataLoader<string, PersonProfileType | null> {
  return loader(context, "directory.profiles", async (ids) => {
    const organizations = readableOrganizations(context.actor);
    const rows = await loadProfilesStatement.run(context.em, [ids, organizations]);
    return new Map(rows.map((row) => [row.id, toProfile(row)]));
  });
}

/** Where people are present, by profile id; only sites of organizations whose directory the viewer reads. */
export function loadPresences(context: RequestContext<Actor>): DataLoader<string, SitePresenceType[] | null> {
  return loader(context, "directory.presences", async (ids) => {
    const organizations = readableOrganizations(context.actor);
    const rows = await listPresencesStatement.run(context.em, [ids, organizations]);
    const presences = new Map<string, SitePresenceType[]>();
    for (const row of rows) {
      presences.set(row.profileId, [...(presences.get(row.profileId) ?? []), toPresence(row)]);
    }
    return presences;
  });
}

/** What was changed about people, by profile id, from the logs the viewer may audit. */
export function loadPersonHistory(
  context: RequestContext<Actor>,
): DataLoader<string, AuditEntryType[] | null> {
  return loader(context, "directory.history", (ids) =>
    loadHistory(context.em, ids, organizationsWhere(context.actor, canAudit)),
  );
}

/** Every project of the presence's site with the reason it is reached or not. */
export async function loadProjectReach(
  context: RequestContext<Actor>,
  presence: SitePresenceType,
): Promise<ReachableProjectType[]> {
  const reach = loader(context, "directory.projectReach", async (keys) => {
    const rows = await listProjectReachStatement.run(context.em, identityArrays(keys));
    return byOrdinal(keys, rows, (project) => project);
  });
  return (await reach.load(identityKey(presence))) ?? [];
}

/** The newest requests that the presence reported or takes part in. */
export async function loadRequestReach(
  context: RequestContext<Actor>,
  presence: SitePresenceType,
): Promise<ReachableRequestType[]> {
  const reach = loader(context, "directory.requestReach", async (keys) => {
    const rows = await listRequestReachStatement.run(context.em, [...identityArrays(keys), mostRequests]);
    return byOrdinal(keys, rows, ({ createdAt, ...request }) => ({
      ...request,
      createdAt: new Date(createdAt),
    }));
  });
  return (await reach.load(identityKey(presence))) ?? [];
}

function organizationsWhere(
  actor: Actor | null,
  rule: (actor: Actor, organizationId: string) => unknown,
): string[] {
  const ids = new Set(actor?.grants.map((grant) => grant.organizationId));
  return [...ids].filter((id) => actor !== null && rule(actor, id) === true);
}

function identityKey({ siteId, accountId, portalCustomerId }: SitePresenceType): string {
  return [siteId, accountId ?? "", portalCustomerId ?? ""].join(" ");
}

function identityArrays(keys: readonly string[]): [string[], (string | null)[], (string | null)[]] {
  const parts = keys.map((key) => key.split(" "));
  return [
    parts.map(([siteId]) => siteId ?? ""),
    parts.map(([, accountId]) => accountId || null),
    parts.map(([, , portalCustomerId]) => portalCustomerId || null),
  ];
}

function byOrdinal<Row extends { ordinal: number }, Value>(
  keys: readonly string[],
  rows: readonly Row[],
  valueOf: (row: Row) => Value,
): Map<string, Value[]> {
  const values = new Map<string, Value[]>(keys.map((key) => [key, []]));
  for (const row of rows) {
    values.get(keys[row.ordinal - 1] ?? "")?.push(valueOf(row));
  }
  return values;
}
