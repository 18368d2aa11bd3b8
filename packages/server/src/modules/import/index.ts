export { applyImportNow } from "./apply/apply-import.ts";
export { csvCellSql } from "./files/csv-cell-sql.ts";
export type { FileKind } from "./files/header-fields.ts";
export { ImportWorker, recoverImports } from "./import-worker.ts";
export { importResolvers } from "./import.resolvers.ts";
export { mountImportRoutes } from "./import.routes.ts";
export { ImportFileType } from "./import.types.ts";
export { loadImportFiles } from "./import.view.ts";
export { importStream } from "./staging/import-stream.ts";
