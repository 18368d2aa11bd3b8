import { GraphQLDateTime } from "graphql-scalars";
import { createUnionType, Field, ID, InputType, Int, ObjectType } from "type-graphql";
import { Access } from "../../platform/graphql/access.ts";
import { graphqlEnum, Node, PageInfo, RefusedType } from "../../platform/graphql/types.ts";
import { Refused } from "../../platform/refusal.ts";
import type { MailState } from "./sql/mail-columns.ts";

const keyDescription = "Repeating a call with the same key answers the same and acts once.";

export const MailStateEnum = graphqlEnum("MailState", "How a mail stands.", {
  QUEUED: "Waits to be sent, or to be tried again.",
  SENDING: "Is being handed to the mail server.",
  UNCERTAIN: "Was handed over and no answer came; it is tried once more under the same message id.",
  SENT: "The mail server took it.",
  BOUNCED: "The mail server refuses its receiver or its text for good.",
  FAILED: "It was given up.",
  HELD: "Waits for a person to let it go.",
  DISCARDED: "A person decided that it is not sent.",
});

export const HeldReasonEnum = graphqlEnum("MailHeldReason", "Why a mail waits for a person.", {
  RESTORED: "The database was restored from a backup: it may have been sent before.",
  NO_SERVER: "There is no mail server to send it with.",
});

@Access("parent")
@ObjectType("OutboxMail", {
  implements: Node,
  description: "A mail and how it stands; never what it says, which may let somebody in.",
})
export class OutboxMailType extends Node {
  @Field(() => String, { description: "What it is for, a dotted word such as `proof.invitation`." })
  purpose: string;

  @Field(() => Int, { description: "1, and one more for each time it was asked for again." })
  generation: number;

  @Field(() => String, { description: "Whom it goes to." })
  to: string;

  @Field(() => String, { description: "Its subject." })
  subject: string;

  @Field(() => MailStateEnum, { description: "How it stands." })
  state: MailState;

  @Field(() => Int, { description: "Attempts so far." })
  attempts: number;

  @Field(() => HeldReasonEnum, { nullable: true, description: "Why it is held." })
  heldReason: "RESTORED" | "NO_SERVER" | null;

  @Field(() => String, {
    nullable: true,
    description: "What the mail server said last, or what is in the way.",
  })
  problem: string | null;

  @Field(() => String, { nullable: true, description: "What a person can do about it." })
  nextStep: string | null;

  @Field(() => Boolean, { description: "Whether the link in it leads nowhere any more." })
  linkEnded: boolean;

  @Field(() => GraphQLDateTime, { description: "When it was queued." })
  createdAt: Date;

  @Field(() => GraphQLDateTime, { nullable: true, description: "When it is tried next, while it waits." })
  nextAttemptAt: Date | null;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: "When it was sent, bounced, given up or discarded.",
  })
  settledAt: Date | null;

  @Field(() => Boolean, {
    description: "Whether it can be tried again: it bounced or was given up, and its link works.",
  })
  canRetry: boolean;
}

@Access("parent")
@ObjectType({ description: "A mail and its place in the list." })
export class OutboxEdge {
  @Field(() => String, { description: "Pass as `after` to go on from here." })
  cursor: string;

  @Field(() => OutboxMailType, { description: "The mail." })
  node: OutboxMailType;
}

@Access("parent")
@ObjectType({ description: "A page of an organization's mail, newest first." })
export class OutboxConnection {
  @Field(() => [OutboxEdge], { description: "The mails of this page." })
  edges: OutboxEdge[];

  @Field(() => PageInfo, { description: "Where the page stands." })
  pageInfo: PageInfo;

  @Field(() => Int, { description: "Mail of the organization that waits for a person, on whichever page." })
  heldCount: number;

  @Field(() => Int, { description: "Of those, how many bring a link that leads nowhere any more." })
  heldWithEndedLinks: number;
}

@InputType({ description: "The mail to try again." })
export class RetryMailInput {
  @Field(() => ID, { description: "The mail." })
  mailId: string;

  @Field(() => String, { nullable: true, description: keyDescription })
  idempotencyKey?: string | null;
}

@InputType({ description: "Which held mail to let go." })
export class ReleaseMailInput {
  @Field(() => ID, { description: "The organization." })
  organizationId: string;

  @Field(() => ID, { nullable: true, description: "Only this mail; absent: all that is held." })
  mailId?: string | null;

  @Field(() => Boolean, {
    defaultValue: false,
    description:
      "Whether mail whose link leads nowhere any more is sent too. Without it such mail stays held.",
  })
  includeEndedLinks: boolean;

  @Field(() => String, { nullable: true, description: keyDescription })
  idempotencyKey?: string | null;
}

@InputType({ description: "Which held mail not to send." })
export class DiscardMailInput {
  @Field(() => ID, { description: "The organization." })
  organizationId: string;

  @Field(() => ID, { nullable: true, description: "Only this mail; absent: all that is held." })
  mailId?: string | null;

  @Field(() => String, { nullable: true, description: keyDescription })
  idempotencyKey?: string | null;
}

@Access("parent")
@ObjectType("MailResult", { description: "The mail as it stands now." })
export class MailResult {
  @Field(() => OutboxMailType, { description: "The mail." })
  mail: OutboxMailType;
}

@Access("parent")
@ObjectType("HeldMailResult", { description: "What was decided about held mail." })
export class HeldMailResult {
  @Field(() => Int, { description: "Mails it was decided about." })
  decided: number;

  @Field(() => Int, { description: "Mail of the organization that is still held." })
  heldCount: number;

  @Field(() => Int, { description: "Of those, how many bring a link that leads nowhere any more." })
  heldWithEndedLinks: number;
}

export const RetryMailResult = createUnionType({
  name: "RetryMailResult",
  description: "The mail as it stands now, or why it is not tried again.",
  types: () => [MailResult, RefusedType] as const,
  resolveType: (value) => (value instanceof Refused ? RefusedType : MailResult),
});

export const HeldMailDecisionResult = createUnionType({
  name: "HeldMailDecisionResult",
  description: "What was decided, or why it was refused.",
  types: () => [HeldMailResult, RefusedType] as const,
  resolveType: (value) => (value instanceof Refused ? RefusedType : HeldMailResult),
});
