import { GraphQLDateTime, GraphQLJSON } from "graphql-scalars";
import { Field, ID, InputType, Int, ObjectType } from "type-graphql";
import { Access } from "../../platform/graphql/access.ts";
import { Node, PageInfo } from "../../platform/graphql/types.ts";

@Access("parent")
@ObjectType("AuditEntry", {
  implements: Node,
  description: "One privileged change, kept for good: who did what, and what it was before and after.",
})
export class AuditEntryType extends Node {
  @Field(() => GraphQLDateTime, { description: "When it was done." })
  at: Date;

  @Field(() => String, { description: "Dotted word for programs, such as `group.approve`." })
  action: string;

  @Field(() => String, {
    description: "What was changed: `site`, `migration`, `group`, `account` and so on.",
  })
  subjectType: string;

  @Field(() => ID, { nullable: true, description: "Id of what was changed; null when it has none." })
  subjectId: string | null;

  @Field(() => String, { description: "The change as a sentence." })
  summary: string;

  @Field(() => GraphQLJSON, { nullable: true, description: "The changed values as they were before." })
  before: unknown;

  @Field(() => GraphQLJSON, { nullable: true, description: "The changed values as they are since." })
  after: unknown;

  @Field(() => Int, { description: "Its number in the organization's log, from 1 without a gap." })
  sequence: number;

  @Field(() => String, {
    description: "SHA-256 over the hash of the entry before it and its own text, in hexadecimal.",
  })
  hash: string;

  /** Kept for the actor, whom the directory looks up; no GraphQL field. Null when the program itself acted. */
  actorAccountId: string | null;
}

@Access("parent")
@ObjectType({ description: "An audit entry and its place in the list." })
export class AuditEdge {
  @Field(() => String, { description: "Pass as `after` to go on from here." })
  cursor: string;

  @Field(() => AuditEntryType, { description: "The entry." })
  node: AuditEntryType;
}

@Access("parent")
@ObjectType({ description: "A page of the audit log, newest first." })
export class AuditConnection {
  @Field(() => [AuditEdge], { description: "The entries of this page." })
  edges: AuditEdge[];

  @Field(() => PageInfo, { description: "Where the page stands." })
  pageInfo: PageInfo;

  /** Counts on first use, once for both fields of the total; no GraphQL field. */
  countOnce: () => Promise<{ count: number; isEstimate: boolean }>;
}

@InputType({ description: "Which audit entries; conditions that are absent or null do not narrow." })
export class AuditFilter {
  @Field(() => String, { nullable: true, description: "Text anywhere in the summary or the action." })
  search?: string | null;

  @Field(() => String, { nullable: true, description: "Exactly this action." })
  action?: string | null;

  @Field(() => ID, { nullable: true, description: "Only changes of this thing." })
  subjectId?: string | null;

  @Field(() => ID, { nullable: true, description: "Only what this account did." })
  actorId?: string | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: "Only what was done at this time or later." })
  since?: Date | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: "Only what was done before this time." })
  until?: Date | null;
}
