import { GraphQLDateTime } from "graphql-scalars";
import { createUnionType, Field, Float, Int, ObjectType } from "type-graphql";
import { Access } from "../../platform/graphql/access.ts";
import { graphqlEnum, Node, PageInfo, RefusedType } from "../../platform/graphql/types.ts";
import { Refused } from "../../platform/refusal.ts";
import type { FileKind } from "./files/header-fields.ts";
import type { ImportRecord, ImportRowState, ImportState } from "./import-record.ts";

export const ImportFileKindEnum = graphqlEnum<FileKind>("ImportFileKind", "What an uploaded file lists.", {
  CUSTOMERS: "People of a site: email, account type, projects.",
  REQUESTS: "Requests with their reporter and participants.",
  PROJECTS: "Service projects and who reaches them.",
  PRODUCT_USERS: "Logins of a product: email, role, status, password hash.",
});

export const ImportStateEnum = graphqlEnum<ImportState>("ImportState", "Where an upload stands.", {
  RECEIVING: "The file is on its way; the counts so far are shown.",
  PREVIEW: "Every row was read and judged; nothing else has changed.",
  APPLYING: "The good rows are being written, all at once.",
  APPLIED: "The good rows stand on the site or in the product.",
  FAILED: "The file could not be read; failure says why. Nothing has changed.",
  DISCARDED: "Thrown away before anything changed.",
});

export const ImportRowStateEnum = graphqlEnum<ImportRowState>(
  "ImportRowState",
  "What was found about one row.",
  {
    GOOD: "Can be applied.",
    BAD: "A cell cannot be used, or the row cannot be read.",
    INVALID_EMAIL: "The email is no address.",
    UNSUPPORTED_EMAIL: "The email may be an address but is neither copied nor matched.",
    DUPLICATE: "An earlier row of the file is the same person or has the same key, and holds.",
  },
);

@Access("parent")
@ObjectType("ImportColumn", { description: "A column of an uploaded file and what it is read as." })
export class ImportColumn {
  @Field(() => String, { description: "Its header as the file writes it." })
  header: string;

  @Field(() => Int, { description: "Its place, from 0." })
  index: number;

  @Field(() => String, { nullable: true, description: "The field it is read as; null where it is ignored." })
  field: string | null;

  @Field(() => String, {
    description: "How it was found: `exact` name, `synonym`, chosen by a `user`, or `none`.",
  })
  matchedBy: string;
}

@Access("parent")
@ObjectType("ProductUserEffects", {
  description: "What a product users file brings, counted over its good rows.",
})
export class ProductUserEffectsType {
  @Field(() => Int, { description: "Shared addresses; none becomes an account." })
  distributionLists: number;

  @Field(() => Int, { description: "Bots." })
  bots: number;

  @Field(() => Int, { description: "Bots that are flagged once this is applied." })
  flaggedBots: number;

  @Field(() => Int, { description: "Password hashes that are kept, sealed." })
  keptHashes: number;

  @Field(() => Int, { description: "Password hashes that cannot be used and are not kept." })
  refusedHashes: number;
}

@Access("parent")
@ObjectType("ImportEffects", { description: "What applying the good rows does, or did." })
export class ImportEffectsType {
  @Field(() => Int, { description: "People whom the site or product does not have yet." })
  newPeople: number;

  @Field(() => Int, { description: "People whom the site or product has already." })
  updatedPeople: number;

  @Field(() => Int, { description: "Rows that repeat an earlier one; they are not used." })
  duplicates: number;

  @Field(() => [String], {
    description: "Keys of projects that the site does not have, at most 100, sorted; they grant nothing.",
  })
  unknownProjectKeys: string[];

  @Field(() => Int, { description: "Requests that belong to nobody, because their reporter is not known." })
  unknownReporters: number;

  @Field(() => ProductUserEffectsType, { nullable: true, description: "Of a product users file only." })
  productUsers: ProductUserEffectsType | null;
}

@Access("parent")
@ObjectType("ImportFile", {
  implements: Node,
  description: "One uploaded file of a site or product: received, looked at, then applied or discarded.",
})
export class ImportFileType extends Node {
  @Field(() => ImportFileKindEnum, { description: "What it lists; CUSTOMERS until its header was read." })
  fileKind: FileKind;

  @Field(() => String, { description: "Its name on the machine it came from." })
  fileName: string;

  @Field(() => ImportStateEnum, { description: "Where it stands." })
  state: ImportState;

  @Field(() => Boolean, {
    description: "Whether its right-most column is `Error`: rejected rows, corrected and uploaded again.",
  })
  isCorrection: boolean;

  @Field(() => Float, { description: "Bytes received so far." })
  bytes: number;

  @Field(() => Int, { description: "Rows below the header: the sum of good rows, bad rows and duplicates." })
  totalRows: number;

  @Field(() => Int, { description: "Rows that can be applied." })
  goodRows: number;

  @Field(() => Int, { description: "Rows that cannot be used as they are; duplicates count apart." })
  badRows: number;

  @Field(() => Int, { description: "Rows with a warning, which changes nothing." })
  warningRows: number;

  @Field(() => [ImportColumn], { description: "Its columns in order; empty until the header was read." })
  columns: ImportColumn[];

  @Field(() => String, {
    nullable: true,
    description: "What went wrong with the file as a whole, and what to do.",
  })
  failure: string | null;

  @Field(() => String, { nullable: true, description: "Closed code of the failure." })
  failureCode: string | null;

  @Field(() => GraphQLDateTime, { description: "When the upload began." })
  createdAt: Date;

  @Field(() => GraphQLDateTime, { nullable: true, description: "When it was applied." })
  appliedAt: Date | null;

  @Field(() => ImportEffectsType, {
    nullable: true,
    description: "What applying does, by how things were when the rows were last judged; null before that.",
  })
  effects: ImportEffectsType | null;

  /** The stored row stays with the object for the fields that are looked up; it is no GraphQL field. */
  record: ImportRecord;
}

@Access("parent")
@ObjectType("ImportRow", { description: "One row of an uploaded file, as it came and as it was understood." })
export class ImportRowType {
  @Field(() => Int, { description: "Its number in the file; the header is row 1." })
  rowNumber: number;

  @Field(() => ImportRowStateEnum, { description: "What was found about it." })
  state: ImportRowState;

  @Field(() => [String], { description: "Its cells, in the order of the columns." })
  cells: string[];

  @Field(() => String, { nullable: true, description: "The email it is about: a person's or a reporter's." })
  email: string | null;

  @Field(() => String, { description: "What it says, in a line." })
  summary: string;

  @Field(() => String, {
    nullable: true,
    description: "Header of the column at fault; null when it is the row.",
  })
  problemColumn: string | null;

  @Field(() => String, { nullable: true, description: "Why it is not used, and how to fix it." })
  problem: string | null;

  @Field(() => String, { nullable: true, description: "What is worth knowing but changes nothing." })
  warning: string | null;
}

@Access("parent")
@ObjectType("ImportRowEdge", { description: "A row and its place in the list." })
export class ImportRowEdge {
  @Field(() => String, { description: "Pass as `after` to go on from here." })
  cursor: string;

  @Field(() => ImportRowType, { description: "The row." })
  node: ImportRowType;
}

@Access("parent")
@ObjectType("ImportRowConnection", { description: "A page of rows in file order." })
export class ImportRowConnection {
  @Field(() => [ImportRowEdge], { description: "The rows of this page." })
  edges: ImportRowEdge[];

  @Field(() => PageInfo, { description: "Where the page stands." })
  pageInfo: PageInfo;

  /** What `totalCount` counts when it is asked for: the parameters of countRowsStatement. No GraphQL field. */
  countParameters: [importId: string, state: string | null, withProblem: boolean | null];
}

@Access("parent")
@ObjectType("ImportFileResult", { description: "The changed upload." })
export class ImportFileResult {
  @Field(() => ImportFileType, { description: "The upload after the change." })
  importFile: ImportFileType;
}

export const ApplyImportResult = createUnionType({
  name: "ApplyImportResult",
  description: "The upload, applied or being applied, or why nothing was changed.",
  types: () => [ImportFileResult, RefusedType] as const,
  resolveType: (value) => (value instanceof Refused ? RefusedType : ImportFileResult),
});

export const DiscardImportResult = createUnionType({
  name: "DiscardImportResult",
  description: "The discarded upload, or why nothing was changed.",
  types: () => [ImportFileResult, RefusedType] as const,
  resolveType: (value) => (value instanceof Refused ? RefusedType : ImportFileResult),
});

export const RematchImportResult = createUnionType({
  name: "RematchImportResult",
  description: "The upload with its rows judged anew, or why nothing was changed.",
  types: () => [ImportFileResult, RefusedType] as const,
  resolveType: (value) => (value instanceof Refused ? RefusedType : ImportFileResult),
});
