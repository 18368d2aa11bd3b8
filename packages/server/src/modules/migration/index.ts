export { AttentionResolver } from "./attention.resolver.ts";
export { AttentionService } from "./attention.service.ts";
export { appendEvent, migrationTopic, organizationTopic } from "./engine/append-event.ts";
export { Engine, type EngineOptions } from "./engine/engine.ts";
export { settleAttention } from "./engine/settle-attention.ts";
export { MigrationDetailResolver } from "./migration-detail.resolver.ts";
export { MigrationItemConnectionResolver, MigrationItemResolver } from "./migration-item.resolver.ts";
export { MigrationLiveResolver } from "./migration-live.resolver.ts";
export { MigrationMutationResolver } from "./migration-mutation.resolver.ts";
export { MigrationResolver } from "./migration.resolver.ts";
export { actorOf, loadMigrationRecord } from "./migration.context.ts";
export {
  migrationColumns,
  migrationName,
  toMigrationRecord,
  type MigrationRecord,
  type MigrationRow,
} from "./migration-record.ts";
export { MigrationService } from "./migration.service.ts";
export { MigrationType } from "./migration.types.ts";
export { toMigrationType } from "./migration.view.ts";
export { findKind } from "./registry.ts";
export { mountReportRoute } from "./report/report.route.ts";
