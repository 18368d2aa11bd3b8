import { Arg, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from "type-graphql";
import { decodeCursor, pageSize, toPage } from "../../platform/graphql/connection.ts";
import { Access } from "../../platform/graphql/access.ts";
import type { RequestContext } from "../../platform/graphql/context.ts";
import type { Actor } from "../sign-in/index.ts";
import { DirectoryConnection, DirectoryEntryType, DirectoryFilter } from "./directory-entry.types.ts";
import { countOrEstimate, directoryKey, directoryQuery } from "./directory-list.ts";
import { loadSites, loadSitesOf } from "./directory.loaders.ts";
import { toDirectoryEntry } from "./directory.view.ts";
import { insistOnReader } from "./directory.visibility.ts";
import { SiteType } from "./site.types.ts";
import { listDirectory } from "./sql/list-directory.ts";

/** The directory of an organization: every identity on every site of it. */
@Resolver(() => DirectoryConnection)
export class DirectoryResolver {
  @Access("signed-in")
  @Query(() => DirectoryConnection, {
    description:
      "Everybody on the organization's sites, in the order of emails; for its site and organization admins.",
  })
  async directory(
    @Ctx() context: RequestContext<Actor>,
    @Arg("organizationId", () => ID, { description: "The organization." }) organizationId: string,
    @Arg("filter", () => DirectoryFilter, { nullable: true, description: "Which identities." })
    filter: DirectoryFilter | null,
    @Arg("first", () => Int, { nullable: true, defaultValue: 50, description: "Page size, 1–100." })
    first: number | null,
    @Arg("after", () => String, { nullable: true, description: "Cursor to go on from." }) after:
      | string
      | null,
  ): Promise<DirectoryConnection> {
    insistOnReader(context.actor, organizationId);
    const size = pageSize(first);
    const key = directoryKey(decodeCursor(after, 3));
    const sites = (await loadSitesOf(context).load(organizationId)) ?? [];
    const query = directoryQuery(
      filter,
      sites.map((site) => site.id),
    );
    const rows = await listDirectory(context.em, query, key, size + 1);
    const page = toPage(rows, size, after, (row) => [row.email, row.type, row.siteId], toDirectoryEntry);
    let counted: ReturnType<typeof countOrEstimate> | undefined;
    return { ...page, countOnce: () => (counted ??= countOrEstimate(context.em, query)) };
  }

  @FieldResolver(() => Int, { description: "Entries that match; an estimate when totalIsEstimate." })
  async totalCount(@Root() root: DirectoryConnection): Promise<number> {
    return (await root.countOnce()).count;
  }

  @FieldResolver(() => Boolean, { description: "Whether totalCount is only an estimate." })
  async totalIsEstimate(@Root() root: DirectoryConnection): Promise<boolean> {
    return (await root.countOnce()).isEstimate;
  }
}

/** Where an entry's identity is. */
@Resolver(() => DirectoryEntryType)
export class DirectoryEntryResolver {
  @FieldResolver(() => SiteType, { description: "The site." })
  async site(
    @Root() root: DirectoryEntryType,
    @Ctx() context: RequestContext<Actor>,
  ): Promise<SiteType | null> {
    return loadSites(context).load(root.siteId);
  }
}
