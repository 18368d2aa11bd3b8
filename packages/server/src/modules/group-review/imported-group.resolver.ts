import { Arg, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from "type-graphql";
import { decodeCursor, pageSize, toPage } from "../../platform/graphql/connection.ts";
import { Access } from "../../platform/graphql/access.ts";
import type { RequestContext } from "../../platform/graphql/context.ts";
import { insistOnReader, loadPersonRefs, loadSites, PersonRefType, SiteType } from "../directory/index.ts";
import { loadMigrationRecord, MigrationType, toMigrationType } from "../migration/index.ts";
import { canReviewGroup, type Actor } from "../sign-in/index.ts";
import {
  loadDeciders,
  loadGains,
  loadGroupOfMigration,
  loadImportedGroups,
  loadMemberCounts,
} from "./group-review.loaders.ts";
import { GroupGainsType, GroupMemberConnection, ImportedGroupType } from "./group-review.types.ts";
import { narrowingSites, toImportedGroup } from "./group-review.visibility.ts";
import { listMembers } from "./member-list.ts";
import { listGroupsStatement } from "./sql/list-groups.ts";

type Context = RequestContext<Actor>;

/** Imported groups and the evidence for deciding about them. */
@Resolver(() => ImportedGroupType)
export class ImportedGroupResolver {
  @Access("signed-in")
  @Query(() => [ImportedGroupType], {
    description: "Imported groups of the organization that the viewer may read, newest first.",
  })
  async importedGroups(
    @Ctx() context: Context,
    @Arg("organizationId", () => ID, { description: "The organization." }) organizationId: string,
    @Arg("pendingOnly", () => Boolean, { nullable: true, description: "Only groups with members waiting." })
    pendingOnly: boolean | null,
  ): Promise<ImportedGroupType[]> {
    const actor = insistOnReader(context.actor, organizationId);
    const sites = narrowingSites(actor, organizationId);
    const rows = await listGroupsStatement.run(context.em, [organizationId, sites, pendingOnly ?? false]);
    return rows.map(toImportedGroup);
  }

  @Access("signed-in")
  @Query(() => ImportedGroupType, {
    nullable: true,
    description: "An imported group the viewer may read; null otherwise.",
  })
  async importedGroup(
    @Ctx() context: Context,
    @Arg("id", () => ID, { description: "The group." }) id: string,
  ): Promise<ImportedGroupType | null> {
    const [group] = await loadImportedGroups(context, [id]);
    return group ?? null;
  }

  @FieldResolver(() => SiteType, { description: "The site it is on: the destination of the copy." })
  async site(@Root() root: ImportedGroupType, @Ctx() context: Context): Promise<SiteType | null> {
    return loadSites(context).load(root.siteId);
  }

  @FieldResolver(() => MigrationType, { description: "The copy that made it." })
  async migration(@Root() root: ImportedGroupType, @Ctx() context: Context): Promise<MigrationType | null> {
    const record = await loadMigrationRecord(context, root.migrationId);
    return record === null ? null : toMigrationType(record);
  }

  @FieldResolver(() => Int, { description: "Members, approved and pending." })
  async memberCount(@Root() root: ImportedGroupType, @Ctx() context: Context): Promise<number> {
    return (await loadMemberCounts(context, root.id)).members;
  }

  @FieldResolver(() => Int, { description: "Members without the Customer role from this group." })
  async pendingCount(@Root() root: ImportedGroupType, @Ctx() context: Context): Promise<number> {
    return (await loadMemberCounts(context, root.id)).pending;
  }

  @FieldResolver(() => Int, { description: "Members with the Customer role from this group." })
  async approvedCount(@Root() root: ImportedGroupType, @Ctx() context: Context): Promise<number> {
    const { members, pending } = await loadMemberCounts(context, root.id);
    return members - pending;
  }

  @FieldResolver(() => PersonRefType, { nullable: true, description: "Who decided last." })
  async decidedBy(@Root() root: ImportedGroupType, @Ctx() context: Context): Promise<PersonRefType | null> {
    return root.decidedBy === null ? null : loadPersonRefs(context).load(root.decidedBy);
  }

  @FieldResolver(() => GroupGainsType, {
    description: "What approval of the pending members gives and declining keeps missing.",
  })
  async gains(@Root() root: ImportedGroupType, @Ctx() context: Context): Promise<GroupGainsType> {
    return loadGains(context, root.id);
  }

  @FieldResolver(() => GroupMemberConnection, { description: "Its members, in the order of emails." })
  async members(
    @Root() root: ImportedGroupType,
    @Ctx() context: Context,
    @Arg("first", () => Int, { nullable: true, defaultValue: 50, description: "Page size, 1–100." })
    first: number | null,
    @Arg("after", () => String, { nullable: true, description: "Cursor to go on from." }) after:
      | string
      | null,
    @Arg("search", () => String, {
      nullable: true,
      description: "Beginning of the email, or beginnings of words of the name.",
    })
    search: string | null,
    @Arg("pendingOnly", () => Boolean, { nullable: true, description: "Only members who wait." })
    pendingOnly: boolean | null,
  ): Promise<GroupMemberConnection> {
    const size = pageSize(first);
    const [afterEmail] = decodeCursor(after, 1) ?? [null];
    const query = { groupId: root.id, search, pendingOnly: pendingOnly ?? false };
    const rows = await listMembers(context, query, afterEmail ?? null, size + 1);
    const page = toPage(
      rows,
      size,
      after,
      (row) => [row.email],
      ({ accountId, approved }) => ({ id: accountId, approved, groupId: root.id }),
    );
    return { ...page, query };
  }

  @FieldResolver(() => Boolean, { description: "Whether the viewer may approve or decline members now." })
  async viewerCanDecide(@Root() root: ImportedGroupType, @Ctx() context: Context): Promise<boolean> {
    const { organizationId, siteId, reviewState } = root;
    const allowed =
      context.actor !== null && canReviewGroup(context.actor, { id: siteId, organizationId }) === true;
    return allowed && reviewState !== "DECLINED" && (await loadMemberCounts(context, root.id)).pending > 0;
  }

  @FieldResolver(() => [String], { description: "Site admins and organization admins who can decide." })
  async whoCanDecide(@Root() root: ImportedGroupType, @Ctx() context: Context): Promise<string[]> {
    return loadDeciders(context, root);
  }
}

/** The group of a migration. It stands here because migrations know nothing of reviews. */
@Resolver(() => MigrationType)
export class MigrationGroupResolver {
  @FieldResolver(() => ImportedGroupType, {
    nullable: true,
    description: "The imported group of the run; null when nobody needed one.",
  })
  async importedGroup(
    @Root() root: MigrationType,
    @Ctx() context: Context,
  ): Promise<ImportedGroupType | null> {
    return loadGroupOfMigration(context, root.id);
  }
}
