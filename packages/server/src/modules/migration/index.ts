export { MigrationApprovalResolver, MigrationApprovalsResolver } from "./approval.resolver.ts";
export { AttentionResolver } from "./attention.resolver.ts";
export { AttentionService } from "./attention.service.ts";
export {
  BrakeMutationResolver,
  MigrationBrakeResolver,
  MigrationBrakesResolver,
  OrganizationBrakesResolver,
} from "./brakes/brake.resolver.ts";
export { BrakeService } from "./brakes/brake.service.ts";
export { organizationTopic } from "./engine/append-event.ts";
export { eventStates, legalEventPairs } from "./engine/event-states.ts";
export { Engine, type EngineOptions } from "./engine/engine.ts";
export { pauseRestoredRuns } from "./engine/pause-restored-runs.ts";
export { settleAttention } from "./engine/settle-attention.ts";
export { AccessProofResolver } from "./access-proof.resolver.ts";
export { findRunningMigration } from "./find-running-migration.ts";
export { FollowUpResolver, ItemFollowUpResolver } from "./follow-up.resolver.ts";
export { measureMigrations } from "./measure-migrations.ts";
export { MigrationDetailResolver } from "./migration-detail.resolver.ts";
export { MigrationItemConnectionResolver, MigrationItemResolver } from "./migration-item.resolver.ts";
export { MigrationLiveResolver } from "./migration-live.resolver.ts";
export { setStallThreshold } from "./live/stall-threshold.ts";
export { MigrationMutationResolver } from "./migration-mutation.resolver.ts";
export { MigrationOutlookResolver } from "./migration-outlook.resolver.ts";
export { MigrationResolver } from "./migration.resolver.ts";
export { actorOf, loadMigrationRecord } from "./migration.context.ts";
export { migrationName, type MigrationRecord } from "./migration-record.ts";
export { findVisibleMigration } from "./migration.visibility.ts";
export { MigrationService } from "./migration.service.ts";
export { MigrationType } from "./migration.types.ts";
export { toMigrationType } from "./migration.view.ts";
export { MigrationUndosResolver } from "./undo/migration-undos.resolver.ts";
export { UndoResolver } from "./undo/undo.resolver.ts";
export { UndoService } from "./undo/undo.service.ts";
export { findKind } from "./registry.ts";
export { loadReportFiles } from "./report/report-files.ts";
export { mountReportRoute } from "./report/report.route.ts";
