import type { RequestContext } from "../../platform/graphql/context.ts";
import { loader } from "../../platform/graphql/loader.ts";
import { listAdministrators } from "../directory/index.ts";
import type { Actor } from "../sign-in/index.ts";
import type { GroupGainsType, GroupMemberType, ImportedGroupType } from "./group-review.types.ts";
import { canReadGroup, toImportedGroup } from "./group-review.visibility.ts";
import { countMembersStatement } from "./sql/count-members.ts";
import { listMemberReachStatement } from "./sql/list-member-reach.ts";
import { loadGroupsStatement, type GroupRow } from "./sql/load-groups.ts";
import { loadGroupsOfMigrationsStatement } from "./sql/load-groups-of-migrations.ts";
import { sumGainsStatement } from "./sql/sum-gains.ts";

type Context = RequestContext<Actor>;

/** Imported groups by id in the order of the ids, without those the viewer may not read. */
export async function loadImportedGroups(
  context: Context,
  ids: readonly string[],
): Promise<ImportedGroupType[]> {
  const groups = loader(context, "groupReview.groups", async (distinct) =>
    readable(context, await loadGroupsStatement.run(context.em, [distinct]), (row) => row.id),
  );
  const found = await Promise.all(ids.map((id) => groups.load(id)));
  return found.filter((group) => group !== null);
}

/** The imported group of a migration; null when it has none or the viewer may not read it. */
export function loadGroupOfMigration(
  context: Context,
  migrationId: string,
): Promise<ImportedGroupType | null> {
  return loader(context, "groupReview.groupsOfMigrations", async (ids) =>
    readable(context, await loadGroupsOfMigrationsStatement.run(context.em, [ids]), (row) => row.migrationId),
  ).load(migrationId);
}

/** How many members a group has and how many of them wait. */
export async function loadMemberCounts(
  context: Context,
  groupId: string,
): Promise<{ members: number; pending: number }> {
  const counts = await loader(context, "groupReview.memberCounts", async (ids) => {
    const rows = await countMembersStatement.run(context.em, [ids]);
    return new Map(rows.map((row) => [row.groupId, row]));
  }).load(groupId);
  return counts ?? { members: 0, pending: 0 };
}

/** What approval of a group's pending members gives. */
export async function loadGains(context: Context, groupId: string): Promise<GroupGainsType> {
  const gains = await loader(context, "groupReview.gains", async (ids) => {
    const rows = await sumGainsStatement.run(context.em, [ids]);
    // The Customer role is unpaid, on an account and on a group.
    return new Map(rows.map((row) => [row.groupId, { ...row, billableSeats: 0 }]));
  }).load(groupId);
  return gains ?? { people: 0, openProjects: [], restrictedProjects: [], requests: 0, billableSeats: 0 };
}

/** What a member reaches with the Customer role. */
export async function loadMemberReach(
  context: Context,
  { groupId, id }: GroupMemberType,
): Promise<{ projects: string[]; requests: number }> {
  const reach = await loader(context, "groupReview.memberReach", async (keys) => {
    const pairs = keys.map((key) => key.split(" "));
    const rows = await listMemberReachStatement.run(context.em, [
      pairs.map(([group]) => group),
      pairs.map(([, account]) => account),
    ]);
    return new Map(rows.map((row) => [`${row.groupId} ${row.accountId}`, row]));
  }).load(`${groupId} ${id}`);
  return reach ?? { projects: [], requests: 0 };
}

/** Who can decide about groups of a site. */
export async function loadDeciders(context: Context, group: ImportedGroupType): Promise<string[]> {
  const deciders = await loader(context, "groupReview.deciders", async (keys) => {
    const places = keys.map((key) => {
      const [organizationId = "", siteId = ""] = key.split(" ");
      return { organizationId, siteId };
    });
    const names = await listAdministrators(context.em, places);
    return new Map(keys.map((key, index) => [key, names[index] ?? []]));
  }).load(`${group.organizationId} ${group.siteId}`);
  return deciders ?? [];
}

function readable(
  context: Context,
  rows: readonly GroupRow[],
  keyOf: (row: GroupRow) => string,
): Map<string, ImportedGroupType> {
  return new Map(
    rows.filter((row) => canReadGroup(context.actor, row)).map((row) => [keyOf(row), toImportedGroup(row)]),
  );
}
