import type { RequestContext } from "../../platform/graphql/context.ts";
import { apiError } from "../../platform/graphql/errors.ts";
import { loader } from "../../platform/graphql/loader.ts";
import type { Actor } from "../sign-in/index.ts";
import { toImportRecord, type ImportRecord } from "./import-record.ts";
import type { ImportFileType } from "./import.types.ts";
import { loadImportsStatement } from "./sql/load-imports.ts";

/** The GraphQL object of a stored import. */
export function toImportFileType(record: ImportRecord): ImportFileType {
  const { effects, header } = record;
  return {
    record,
    id: record.id,
    fileKind: record.fileKind,
    fileName: record.fileName,
    state: record.state,
    isCorrection: record.isCorrection,
    bytes: record.bytes,
    totalRows: record.totalRows,
    goodRows: record.goodRows,
    badRows: record.badRows,
    warningRows: record.warningRows,
    columns: header?.columns ?? [],
    failure: record.failure,
    failureCode: record.failureCode,
    createdAt: record.createdAt,
    appliedAt: record.appliedAt,
    effects:
      effects === null
        ? null
        : {
            ...effects,
            duplicates: record.duplicateRows,
            productUsers: effects.productUsers ?? null,
          },
  };
}

/** Uploads by id, in the order of the ids, without asking who may see them; missing ones are left out. */
export async function loadImportFiles(
  context: RequestContext<Actor>,
  ids: readonly string[],
): Promise<ImportFileType[]> {
  const imports = loader(context, "import.record", async (wanted) => {
    const rows = await loadImportsStatement.run(context.em, [wanted]);
    return new Map(rows.map((row) => [row.id, toImportRecord(row)]));
  });
  const records = await Promise.all(ids.map((id) => imports.load(id)));
  return records.flatMap((record) => (record === null ? [] : [toImportFileType(record)]));
}

/** The request's actor; the field guard has already refused everybody else. */
export function actorOf(context: RequestContext<Actor>): Actor {
  if (context.actor === null) {
    throw apiError("UNAUTHENTICATED", "Sign in first.");
  }
  return context.actor;
}
