import { Field, ID, InputType, Int } from "type-graphql";

@InputType({ description: "Applies an upload to its site or product." })
export class ApplyImportInput {
  @Field(() => ID, { description: "The upload." })
  importId: string;

  @Field(() => String, { nullable: true, description: "The same key never acts twice." })
  idempotencyKey?: string | null;
}

@InputType({ description: "Throws an upload away." })
export class DiscardImportInput {
  @Field(() => ID, { description: "The upload." })
  importId: string;

  @Field(() => String, { nullable: true, description: "The same key never acts twice." })
  idempotencyKey?: string | null;
}

@InputType({ description: "What a column is read as." })
export class ColumnChoice {
  @Field(() => Int, { description: "The column's place, from 0." })
  index: number;

  @Field(() => String, { nullable: true, description: "A field of the file kind; null ignores the column." })
  field: string | null;
}

@InputType({ description: "Reads the rows of an upload again with other columns." })
export class RematchImportInput {
  @Field(() => ID, { description: "The upload." })
  importId: string;

  @Field(() => [ColumnChoice], { description: "The chosen columns; the others are matched by name." })
  columns: ColumnChoice[];

  @Field(() => String, { nullable: true, description: "The same key never acts twice." })
  idempotencyKey?: string | null;
}
