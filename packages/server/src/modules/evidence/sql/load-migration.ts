import { statement } from "../../../platform/database/statement.ts";
import type { EvidenceMigration } from "../manifest.ts";

// The migration as the pack states it: what was moved where, by whom, the seal, the counts. $1 migration.
export const loadMigrationStatement = statement<{ migration: EvidenceMigration }>(
  "evidence.loadMigration",
  `select jsonb_build_object('id', m.id, 'name', 'MR-' || m.number, 'kind', m.kind, 'state', m.state,
     'organization', jsonb_build_object('id', o.id, 'name', o.name),
     'source', jsonb_build_object('id', s.id, 'name', s.name, 'urlName', s.url_name),
     'destination', jsonb_build_object('id', d.id, 'name', d.name, 'urlName', d.url_name),
     'options', m.options, 'followUpOf', m.follow_up_of,
     'createdBy', jsonb_build_object('id', c.id, 'name', c.name, 'email', c.email),
     'createdAt', m.created_at, 'plannedAt', m.planned_at, 'approvedAt', m.approved_at, 'startedAt', m.started_at,
     'finishedAt', m.finished_at, 'failure', m.failure, 'planSummary', m.plan_summary,
     'planFingerprint', m.plan_fingerprint, 'approvedFingerprint', m.approved_fingerprint,
     'totalItems', m.total_items, 'successful', m.successful_count, 'requiresAttention', m.attention_count,
     'failed', m.failed_count,
     'notApplied', m.total_items - m.successful_count - m.attention_count - m.failed_count,
     'openAttention', m.open_attention_count, 'lastSequence', m.last_sequence, 'firstKeptSequence', m.first_kept_sequence) as migration
   from migration m join organization o on o.id = m.organization_id join site s on s.id = m.source_site_id
   join site d on d.id = m.destination_site_id join account c on c.id = m.created_by
   where m.id = $1`,
);
