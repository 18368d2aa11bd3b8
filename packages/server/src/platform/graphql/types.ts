import { Field, ID, InterfaceType, ObjectType, registerEnumType } from "type-graphql";
import { refusalCodes, type RefusalCode } from "../refusal.ts";
import { Access } from "./access.ts";

/** Makes a GraphQL enum out of a list of words. Returns the object that type-graphql takes as the type. */
export function graphqlEnum<const Word extends string>(
  name: string,
  description: string,
  words: Record<Word, string>,
): Record<Word, Word> {
  const values = Object.fromEntries(Object.keys(words).map((word) => [word, word])) as Record<Word, Word>;
  const valuesConfig = Object.fromEntries(
    Object.entries<string>(words).map(([word, text]) => [word, { description: text }]),
  ) as Record<Word, { description: string }>;
  registerEnumType(values, { name, description, valuesConfig });
  return values;
}

@InterfaceType({ description: "Anything with an id of its own." })
export abstract class Node {
  @Field(() => ID, { description: "Opaque id, the same for as long as the thing exists." })
  id: string;
}

const refusalCodeTexts: Record<RefusalCode, string> = {
  NOT_PERMITTED: "The viewer's roles do not cover this; the message and whoCanGrant say who can help.",
  INVALID_INPUT: "An input field cannot be used; `field` names it.",
  INVALID_STATE: "The thing is in a state in which this cannot be done.",
  ALREADY_DONE: "Somebody did this before; nothing was changed.",
  ALREADY_EXISTS: "Something with this name is already there.",
  STALE_PLAN: "What was shown has changed since; look again and repeat.",
  CHECKS_FAILED: "A blocking check does not pass.",
  CONFIRMATION_MISMATCH: "The typed confirmation is not the expected text.",
  TOO_MANY: "More than one call may change.",
};

/** The GraphQL enum of refusal codes. */
export const RefusalCodeEnum = graphqlEnum("RefusalCode", "Why a mutation was refused.", refusalCodeTexts);

for (const code of refusalCodes) {
  if (!(code in RefusalCodeEnum)) {
    throw new Error(`Refusal code ${code} has no description`);
  }
}

@InterfaceType({ description: "An expected, explained refusal of a mutation." })
export abstract class Refusal {
  @Field(() => RefusalCodeEnum, { description: "Closed code a program can switch on." })
  code: RefusalCode;

  @Field(() => String, { description: "What was refused and how to go on, for people." })
  message: string;
}

@Access("parent")
@ObjectType("Refused", { implements: Refusal, description: "A refused mutation: nothing was changed." })
export class RefusedType extends Refusal {
  @Field(() => String, { nullable: true, description: "The input field at fault, when there is one." })
  field: string | null;

  @Field(() => [String], { description: "People or roles who can grant what was missing." })
  whoCanGrant: string[];
}

@Access("parent")
@ObjectType({ description: "Where a page of a list stands." })
export class PageInfo {
  @Field(() => Boolean, { description: "Whether there is more after this page." })
  hasNextPage: boolean;

  @Field(() => Boolean, { description: "Whether this page was reached with a cursor." })
  hasPreviousPage: boolean;

  @Field(() => String, { nullable: true, description: "Cursor of the first edge." })
  startCursor: string | null;

  @Field(() => String, { nullable: true, description: "Cursor of the last edge; pass it as `after`." })
  endCursor: string | null;
}
