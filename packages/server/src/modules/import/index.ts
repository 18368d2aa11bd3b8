export { applyImportNow } from "./apply/apply-import.ts";
export { formatCsvRow } from "./files/formula-guard.ts";
export type { FileLimits } from "./files/file-limits.ts";
export type { FileKind } from "./files/header-fields.ts";
export type { ImportRecord } from "./import-record.ts";
export { importTopic, ImportWorker, recoverImports, type ImportWorkerOptions } from "./import-worker.ts";
export { importResolvers } from "./import.resolvers.ts";
export { mountImportRoutes } from "./import.routes.ts";
export { listImports } from "./import.service.ts";
export { ImportFileType } from "./import.types.ts";
export { loadImportFiles } from "./import.view.ts";
export {
  importStream,
  type ImportStreamDeps,
  type NewImport,
  type ReceivedImport,
} from "./staging/import-stream.ts";
export type { UploadRouteOptions } from "./upload.route.ts";
