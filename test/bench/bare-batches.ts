import type pg from "pg";
import { applyBatchStatement } from "../../packages/server/src/modules/migration/kinds/copy-customers/sql/apply-batch.ts";
import type { MainJob } from "./main-job.ts";

/** Tables a batch writes: bare ones have the same columns and indexes, and neither triggers nor references. */
const written = [
  "migration_item",
  "migration_event",
  "migration_journal",
  "portal_customer",
  "site_account",
  "project_customer",
  "user_group_member",
];

/**
 * The limit of the apply phase: the same people once more, in the same database, by the product's one statement per
 * batch with cursor and event, on bare tables and without drift check, claim, counts and notifications.
 * @returns seconds of all batches together
 */
export async function runBareBatches(client: pg.Client, job: MainJob, batchSize: number): Promise<number> {
  await client.query("create schema bare; set search_path = bare, public");
  try {
    await copyTables(client, job);
    const total = await countItems(client, job.migrationId);
    const started = performance.now();
    for (let after = 0; after < total; after += batchSize) {
      const upTo = Math.min(total, after + batchSize);
      await client.query("begin");
      await client.query(applyBatchStatement.text, [
        job.migrationId,
        after,
        upTo,
        job.sourceSiteId,
        job.destinationSiteId,
      ]);
      await client.query(
        `with moved as (update cursor set applied = $2, sequence = sequence + 1 returning sequence)
         insert into migration_event (migration_id, sequence, type, summary, payload)
         select $1, sequence, 'BATCH_APPLIED', 'Rows up to ' || $2::int, '{}' from moved`,
        [job.migrationId, upTo],
      );
      await client.query("commit");
    }
    return (performance.now() - started) / 1000;
  } finally {
    await client.query("set search_path = public; drop schema bare cascade");
  }
}

/** Puts everything back as it was before the run: what the run wrote is left out of the copies. */
async function copyTables(client: pg.Client, { migrationId, destinationSiteId }: MainJob): Promise<void> {
  for (const table of written) {
    await client.query(
      `do $$ begin if to_regclass('public.${table}') is not null then
         execute 'create table bare.${table} (like public.${table} including all)'; end if; end $$`,
    );
  }
  const created = `select from public.migration_item i where i.migration_id = '${migrationId}' and i.effect = 'CREATE' and i.id`;
  await client.query(`
    alter table bare.migration_item set (fillfactor = 50);
    insert into bare.migration_item select * from public.migration_item where migration_id = '${migrationId}' order by ordinal;
    create table bare.cursor as select 0 as applied, 0::bigint as sequence;
    insert into bare.portal_customer select p.* from public.portal_customer p where not exists (${created} = p.id);
    insert into bare.project_customer select p.* from public.project_customer p
      where p.portal_customer_id is null or not exists (${created} = p.portal_customer_id);
    insert into bare.site_account select * from public.site_account s where s.site_id <> '${destinationSiteId}'`);
  await client.query(`update bare.migration_item set outcome = null,
      destination_portal_customer_id = case when effect = 'CREATE' then null else destination_portal_customer_id end,
      destination_account_id = case when destination_state in ('NOTHING', 'PORTAL_ONLY') then null else destination_account_id end`);
  await client.query("vacuum (full, analyze) bare.migration_item");
  await client.query("analyze bare.portal_customer, bare.project_customer, bare.site_account");
}

async function countItems(client: pg.Client, migrationId: string): Promise<number> {
  const { rows } = await client.query<{ count: number }>(
    "select count(*)::int as count from bare.migration_item where migration_id = $1",
    [migrationId],
  );
  return rows[0]?.count ?? 0;
}
