import { Arg, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from "type-graphql";
import { decodeCursor, pageSize, toPage } from "../../platform/graphql/connection.ts";
import { Access } from "../../platform/graphql/access.ts";
import type { RequestContext } from "../../platform/graphql/context.ts";
import type { Actor } from "../sign-in/index.ts";
import { toAuditEntry } from "./audit-entry.ts";
import { AuditConnection, AuditFilter } from "./audit.types.ts";
import { countEntries, listEntries } from "./read-log.ts";
import { refuseStrangers } from "./refuse-strangers.ts";

/** The audit log of an organization. */
@Resolver(() => AuditConnection)
export class AuditResolver {
  @Access("signed-in")
  @Query(() => AuditConnection, {
    description: "The organization's audit log, newest first; for its organization admins.",
  })
  async auditLog(
    @Ctx() context: RequestContext<Actor>,
    @Arg("organizationId", () => ID, { description: "The organization." }) organizationId: string,
    @Arg("filter", () => AuditFilter, { nullable: true, description: "Which entries." })
    filter: AuditFilter | null,
    @Arg("first", () => Int, { nullable: true, defaultValue: 50, description: "Page size, 1–100." })
    first: number | null,
    @Arg("after", () => String, { nullable: true, description: "Cursor to go on from." }) after:
      | string
      | null,
  ): Promise<AuditConnection> {
    refuseStrangers(context.actor, organizationId);
    const size = pageSize(first);
    const rows = await listEntries(context.em, organizationId, filter, decodeCursor(after, 2), size + 1);
    const page = toPage(rows, size, after, (row) => [row.at, row.id], toAuditEntry);
    let counted: ReturnType<typeof countEntries> | undefined;
    return { ...page, countOnce: () => (counted ??= countEntries(context.em, organizationId, filter)) };
  }

  @FieldResolver(() => Int, { description: "Entries that match; an estimate when totalIsEstimate." })
  async totalCount(@Root() root: AuditConnection): Promise<number> {
    return (await root.countOnce()).count;
  }

  @FieldResolver(() => Boolean, { description: "Whether totalCount is only an estimate." })
  async totalIsEstimate(@Root() root: AuditConnection): Promise<boolean> {
    return (await root.countOnce()).isEstimate;
  }
}
