import { randomUUID } from "node:crypto";
import pg from "pg";
import { createTestDatabase, dropDatabase, insistOnInvariants, withClient } from "../kit/database.ts";
import { startTestServer } from "../kit/server.ts";
import { makeWorld, uploadSamples, type World } from "../kit/world.ts";

/** A database with an organization, two sites and their people, to be copied for each tour. */
export interface CrashWorld {
  world: World;
  /** A new database with the same content. */
  copy(): Promise<{ url: string; drop(): Promise<void> }>;
  drop(): Promise<void>;
}

/** Makes it once: the people of the samples. */
export async function makeCrashWorld(): Promise<CrashWorld> {
  const original = await createTestDatabase();
  const maker = await startTestServer({ DATABASE_URL: original.url });
  const world = await makeWorld(maker);
  await uploadSamples(world);
  await maker.stop();
  const serverUrl = new URL(original.url);
  const name = serverUrl.pathname.slice(1);
  serverUrl.pathname = "/postgres";
  return {
    world,
    async copy() {
      const copyName = `c_${randomUUID().replaceAll("-", "")}`;
      await withClient(serverUrl.href, (client) =>
        client.query(`create database ${copyName} template ${name}`),
      );
      const url = new URL(serverUrl);
      url.pathname = `/${copyName}`;
      // A database of its own, not one that was restored: its sessions stay.
      await withClient(url.href, (client) => client.query("delete from database_home"));
      return {
        url: url.href,
        async drop() {
          try {
            await insistOnInvariants(url.href);
          } finally {
            await dropDatabase(serverUrl.href, copyName);
          }
        },
      };
    },
    drop: () => original.drop(),
  };
}

const readings: Record<string, string> = {
  items: `select ordinal, email, effect, type_after, outcome, problem, next_step, joins_group, resolution, undone_at is not null as undone
    from migration_item order by migration_id, ordinal`,
  events: `select m.number, sequence::int, type, regexp_replace(e.summary, 'fingerprint \\w+', 'fingerprint') as summary
    from migration_event e join migration m on m.id = e.migration_id order by 1, 2`,
  portal: `select s.url_name, p.email, p.name, p.active from portal_customer p join site s on s.id = p.site_id order by 1, 2`,
  presence: `select s.url_name, a.email, sa.active, sa.customer_role from site_account sa join site s on s.id = sa.site_id
    join account a on a.id = sa.account_id order by 1, 2`,
  members: `select g.name, a.email, m.approved from user_group_member m join user_group g on g.id = m.group_id
    join account a on a.id = m.account_id order by 1, 2`,
  lists: `select s.url_name, sp.key, coalesce(a.email, p.email) as email, a.id is null as portal from project_customer pc
    join service_project sp on sp.id = pc.project_id join site s on s.id = sp.site_id left join account a on a.id = pc.account_id
    left join portal_customer p on p.id = pc.portal_customer_id order by 1, 2, 3, 4`,
  requests: `select s.url_name, r.key, coalesce(a.email, p.email) as reporter, a.id is null as portal from request r
    join site s on s.id = r.site_id left join account a on a.id = r.reporter_account_id
    left join portal_customer p on p.id = r.reporter_portal_customer_id order by 1, 2`,
  participants: `select r.key, coalesce(a.email, p.email) as email, a.id is null as portal from request_participant rp
    join request r on r.id = rp.request_id left join account a on a.id = rp.account_id
    left join portal_customer p on p.id = rp.portal_customer_id order by 1, 2, 3`,
  migration: `select number, state, total_items, applied_ordinal, successful_count, attention_count, failed_count, open_attention_count,
    created_count, linked_count, last_sequence::int,
    regexp_replace((proof - 'computedAt')::text, '"causeId": "[^"]*"', '', 'g') as proof from migration order by number`,
  audit: `select action, regexp_replace(summary, 'fingerprint \\w+', 'fingerprint') as summary, count(*)::int as times
    from audit_entry group by 1, 2 order by 1, 2`,
};

/** Everything a tour leaves behind, without ids and clock times, as lines: two tours over the same input must agree. */
export async function digestTour(url: string): Promise<Record<string, string[]>> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const digest: Record<string, string[]> = {};
    for (const [name, text] of Object.entries(readings)) {
      const { rows } = await client.query<Record<string, unknown>>(text);
      digest[name] = rows.map((row) => JSON.stringify(row));
    }
    return digest;
  } finally {
    await client.end();
  }
}
