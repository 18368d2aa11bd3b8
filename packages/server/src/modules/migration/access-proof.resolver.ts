import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from "type-graphql";
import { decodeCursor, pageSize, toPage } from "../../platform/graphql/connection.ts";
import type { RequestContext } from "../../platform/graphql/context.ts";
import { proofCauses, readDifferences, type DifferenceFilter } from "../access-proof/index.ts";
import type { Actor } from "../sign-in/index.ts";
import {
  AccessDifferenceConnection,
  AccessDifferenceFilter,
  AccessProofType,
  type ProofCauseCount,
} from "./access-proof.types.ts";
import { ProofCauseEnum } from "./migration.enums.types.ts";
import type { MigrationRecord } from "./migration-record.ts";
import { AccessProofSummary } from "./migration-progress.types.ts";
import { MigrationType } from "./migration.types.ts";

const everything: DifferenceFilter = { change: null, explained: null, cause: null, text: null };

for (const cause of proofCauses) {
  if (!(cause in ProofCauseEnum)) {
    throw new Error(`Cause ${cause} of an access proof has no description`);
  }
}

/** Who reached what before a run, and now: the verdict, its causes and every difference. */
@Resolver(() => MigrationType)
export class AccessProofResolver {
  @FieldResolver(() => AccessProofType, {
    nullable: true,
    description: "Access before and after, person by person; null until the run ends.",
  })
  proof(@Root() root: MigrationType): AccessProofType | null {
    const { record } = root;
    const { proof } = record;
    if (proof === null) {
      return null;
    }
    return {
      verdict: proof.unexplained > 0 ? "FAILED" : "PASSED",
      gained: proof.gained,
      lost: proof.lost,
      unexplained: proof.unexplained,
      unexplainedPeople: proof.unexplainedPeople ?? 0,
      unexplainedExamples: proof.unexplainedExamples ?? [],
      causes: causesOf(record),
      current: record.accessVersion <= record.provenVersion,
      computedAt: new Date(proof.computedAt),
      csvUrl: `/api/migrations/${record.id}/AccessProof.csv`,
    };
  }

  @FieldResolver(() => AccessDifferenceConnection, {
    description: "What people lost and gained, by email and resource; empty until the run ends.",
  })
  async accessDifferences(
    @Root() root: MigrationType,
    @Ctx() context: RequestContext<Actor>,
    @Arg("first", () => Int, { nullable: true, defaultValue: 50, description: "Page size, 1–100." })
    first: number,
    @Arg("after", () => String, { nullable: true, description: "Cursor to go on from." }) after:
      | string
      | null,
    @Arg("filter", () => AccessDifferenceFilter, { nullable: true, description: "Which differences." })
    filter: AccessDifferenceFilter | null,
  ): Promise<AccessDifferenceConnection> {
    const size = pageSize(first);
    const key = decodeCursor(after, 2)?.map(String);
    const place = key === undefined ? null : { email: key[0] ?? "", resource: key[1] ?? "" };
    const wanted = toFilter(filter);
    const rows = await readDifferences(context.em, root.id, wanted, place, size + 1);
    const page = toPage(
      rows,
      size,
      after,
      (row) => [row.email, row.resource],
      (row) => ({ ...row, id: `${root.id} ${row.email} ${row.resource}`, change: row.change.toUpperCase() }),
    );
    return { ...page, totalCount: countOf(root.record, wanted) };
  }

  @FieldResolver(() => AccessProofSummary, {
    nullable: true,
    description: "Access before and after; null until the run ends.",
    deprecationReason: "Use proof, and accessDifferences for the entries.",
  })
  async accessProof(
    @Root() root: MigrationType,
    @Ctx() context: RequestContext<Actor>,
  ): Promise<AccessProofSummary | null> {
    const { proof } = root.record;
    if (proof === null) {
      return null;
    }
    const { gained, lost, unexplained, computedAt } = proof;
    const read = (explained: boolean, limit: number) =>
      readDifferences(context.em, root.id, { ...everything, explained }, null, limit);
    const wrong = unexplained > 0 ? await read(false, 50) : [];
    const sample = [...wrong, ...(wrong.length < 50 ? await read(true, 50 - wrong.length) : [])];
    return { gained, lost, unexplained, computedAt: new Date(computedAt), sample };
  }
}

function toFilter(filter: AccessDifferenceFilter | null): DifferenceFilter {
  return {
    change: filter?.change == null ? null : filter.change === "GAINED" ? "gained" : "lost",
    explained: filter?.explained ?? null,
    cause: filter?.cause ?? null,
    text: filter?.text?.trim() || null,
  };
}

function causesOf({ proof }: MigrationRecord): ProofCauseCount[] {
  return (proof?.causes ?? []).map(({ cause, explainedBy, gained, entries, people }) => ({
    cause,
    explainedBy,
    change: gained ? "GAINED" : "LOST",
    entries,
    people,
  }));
}

/** From the proof's own sums: counting millions of entries for every page would be slower than the page. */
function countOf(record: MigrationRecord, filter: DifferenceFilter): number | null {
  if (filter.text !== null) {
    return null;
  }
  return causesOf(record)
    .filter(
      (count) =>
        (filter.change === null || count.change === filter.change.toUpperCase()) &&
        (filter.explained === null || (count.cause !== null) === filter.explained) &&
        (filter.cause === null || count.cause === filter.cause),
    )
    .reduce((sum, count) => sum + count.entries, 0);
}
