import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  countDemo,
  demoOrganizations,
  demoSignIns,
  seedDemo,
} from "../../packages/server/src/modules/demo/index.ts";
import { openWorld, type World } from "./demo-world.ts";

/** Counts of every table that seeding fills. */
async function countTables(world: World): Promise<Record<string, number>> {
  const tables = `organization site product claimed_domain account site_account portal_customer role_assignment
    service_project project_customer request request_participant auth_user import_file customer_row audit_entry`;
  const counts: Record<string, number> = {};
  for (const table of tables.split(/\s+/)) {
    const [row] = await world.rows<{ count: number }>(`select count(*)::int as count from ${table}`);
    counts[table] = row?.count ?? 0;
  }
  return counts;
}

describe("a seeded database", () => {
  let world: World;
  const phases = new Map<string, [done: number, total: number]>();

  beforeAll(async () => {
    world = await openWorld();
    const result = await seedDemo(world.deps, {
      customers: 1000,
      onProgress: (phase, done, total) => phases.set(phase, [done, total]),
    });
    expect(result).toMatchObject({ outcome: "SEEDED", customers: 1000 });
  });
  afterAll(() => world.close());

  test("has both organizations, their sites, products and claimed domains", async () => {
    const sites = await world.rows<{ organization: string; url_name: string; products: number }>(
      `select o.name as organization, s.url_name, (select count(*)::int from product p where p.site_id = s.id) as products
       from site s join organization o on o.id = s.organization_id order by o.name desc, s.url_name desc`,
    );
    expect(sites).toEqual([
      { organization: "Northwind Logistics", url_name: "northwind-support", products: 2 },
      { organization: "Northwind Logistics", url_name: "northwind-help", products: 3 },
      { organization: "Halden Research", url_name: "halden-lab", products: 2 },
    ]);
    const domains = await world.rows<{ domain: string }>("select domain from claimed_domain order by domain");
    expect(domains.map((row) => row.domain)).toEqual(
      demoOrganizations.flatMap((organization) => organization.domains).toSorted(),
    );
    const [server] = await world.rows(
      "select hosting, site_id from product where name = 'Code of the depots'",
    );
    expect(server).toEqual({ hosting: "SERVER", site_id: null });
  });

  test("lets everybody of the demo sign in with a role where it belongs", async () => {
    const grants = await world.rows(
      `select a.email, r.role, o.name as organization, s.url_name, p.name as product
       from auth_user u join auth_credential c on c.user_id = u.id and c.password like '$argon2id$%'
       join account a on a.id = u.account_id join role_assignment r on r.account_id = a.id
       join organization o on o.id = r.organization_id
       left join site s on s.id = r.site_id left join product p on p.id = r.product_id
       order by a.email, s.url_name`,
    );
    const northwind = "Northwind Logistics";
    expect(grants).toEqual([
      grant("astrid.halvorsen@halden-research.example", "ORGANIZATION_ADMIN", "Halden Research"),
      grant("dmurphy@xyz.com", "MEMBER", northwind),
      grant("ingrid.holm@northwind.example", "SITE_ADMIN", northwind, "northwind-help"),
      grant("jsmith@abc.com", "MEMBER", northwind),
      grant("marek.dvorak@northwind.example", "PRODUCT_OWNER", northwind, null, "Network status"),
      grant("nadia.okafor@northwind.example", "ORGANIZATION_ADMIN", northwind),
      grant("tomas.reyes@northwind.example", "SITE_ADMIN", northwind, "northwind-help"),
      grant("tomas.reyes@northwind.example", "SITE_ADMIN", northwind, "northwind-support"),
    ]);
    expect(new Set(demoSignIns.map((signIn) => signIn.email))).toEqual(
      new Set(grants.map((row) => row.email)),
    );
    expect(demoSignIns.every((signIn) => signIn.password.length >= 15)).toBe(true);
  });

  test("has an invitation that waits for its answer and a request that waits for a decision", async () => {
    expect(
      await world.rows("select email, role, state, generation from role_invitation order by email"),
    ).toEqual([
      { email: "leila.haddad@northwind.example", role: "SITE_ADMIN", state: "PENDING", generation: 1 },
    ]);
    expect(
      await world.rows(
        `select a.email, q.wish, q.state, s.url_name from access_request q
         join account a on a.id = q.account_id join site s on s.id = q.site_id`,
      ),
    ).toEqual([
      { email: "jsmith@abc.com", wish: "SITE_ADMIN", state: "PENDING", url_name: "northwind-help" },
    ]);
    const mailed = await world.rows<{ to_address: string }>("select to_address from mail_outbox order by 1");
    expect(mailed.map((row) => row.to_address)).toEqual([
      "ingrid.holm@northwind.example",
      "leila.haddad@northwind.example",
      "nadia.okafor@northwind.example",
      "tomas.reyes@northwind.example",
    ]);
  });

  test("took every file by the way of uploads, all rows kept", async () => {
    const files = await world.rows<{
      url_name: string;
      file_kind: string;
      state: string;
      total_rows: number;
    }>(
      `select s.url_name, f.file_kind, f.state, f.total_rows from import_file f join site s on s.id = f.site_id
       order by s.url_name, f.file_kind`,
    );
    expect(files.map((file) => file.state)).toEqual(Array(9).fill("APPLIED"));
    const rowsOf = (urlName: string, kind: string) =>
      files.find((file) => file.url_name === urlName && file.file_kind === kind)?.total_rows;
    expect(rowsOf("northwind-support", "CUSTOMERS")).toBe(1000);
    expect(rowsOf("northwind-support", "REQUESTS")).toBe(countDemo({ customers: 1000 }).requests.source);
    expect(rowsOf("northwind-help", "PROJECTS")).toBe(6);
  });

  test("has jsmith and dmurphy as the tour tells it", async () => {
    const identities = await world.rows(
      `select s.url_name, i.email, i.account_id is not null as is_account, i.customer_role
       from site_identity i join site s on s.id = i.site_id
       where i.email in ('jsmith@abc.com', 'dmurphy@xyz.com') order by i.email, s.url_name desc`,
    );
    expect(identities).toEqual([
      { url_name: "northwind-support", email: "dmurphy@xyz.com", is_account: true, customer_role: true },
      { url_name: "northwind-help", email: "dmurphy@xyz.com", is_account: false, customer_role: false },
      { url_name: "northwind-support", email: "jsmith@abc.com", is_account: false, customer_role: false },
      { url_name: "northwind-help", email: "jsmith@abc.com", is_account: true, customer_role: false },
    ]);
    const reached = await world.rows<{ email: string; requests: number; projects: number }>(
      `select a.email, count(*) filter (where a.resource like 'request %')::int as requests,
         count(*) filter (where a.resource like 'project %')::int as projects
       from effective_access a join site s on s.id = a.site_id
       where s.url_name = 'northwind-help' and a.email in ('jsmith@abc.com', 'dmurphy@xyz.com') group by a.email`,
    );
    expect(reached).toEqual([{ email: "dmurphy@xyz.com", requests: 3, projects: 3 }]);
  });

  test("leaves hardly a request without its reporter", async () => {
    const [requests] = await world.rows<{ total: number; orphans: number; participants: number }>(
      `select count(*)::int as total,
         count(*) filter (where reporter_account_id is null and reporter_portal_customer_id is null)::int as orphans,
         (select count(*)::int from request_participant) as participants
       from request`,
    );
    const expected = countDemo({ customers: 1000 }).requests;
    expect(requests?.total).toBe(expected.source + expected.destination + expected.other);
    expect(requests?.orphans).toBeLessThan(20);
    expect(requests?.participants).toBeGreaterThan(80);
  });

  test("told its progress to the end of each phase", () => {
    expect([...phases.keys()]).toHaveLength(12);
    expect([...phases.values()].every(([done, total]) => done === total)).toBe(true);
    expect(phases.get("customers of Northwind Support")).toEqual([1000, 1000]);
  });

  test("stays as it is when seeded again, in whatever size", async () => {
    const before = await countTables(world);
    const same = await seedDemo(world.deps, { customers: 1000 });
    expect(same.outcome).toBe("ALREADY_THERE");
    const other = await seedDemo(world.deps, { customers: 9 });
    expect(other).toEqual({
      outcome: "ALREADY_THERE",
      customers: 1000,
      message:
        "The demo organization is already here with 1,000 customers; nothing was added. For another size start with an empty data folder.",
    });
    expect(await countTables(world)).toEqual(before);
  });
});

describe("an interrupted seeding", () => {
  test.each([
    ["before the first file", "organizations"],
    ["while a file is on its way", "customers of Northwind Help"],
  ])("%s is finished by the next one, in the size it was begun with", async (_, phase) => {
    const world = await openWorld();
    try {
      const interrupted = seedDemo(world.deps, {
        customers: 60,
        onProgress: (current, done, total) => {
          if (current === phase && done === total) throw new Error("stopped here");
        },
      });
      await expect(interrupted).rejects.toThrow();
      const result = await seedDemo(world.deps, { customers: 70 });
      expect(result).toMatchObject({ outcome: "RESUMED", customers: 60 });
      const applied = await world.rows<{ file_name: string }>(
        "select file_name from import_file where state = 'APPLIED' order by file_name",
      );
      expect(applied).toHaveLength(11);
      expect(new Set(applied.map((row) => row.file_name)).size).toBe(11);
      const [rows] = await world.rows<{ count: number }>(
        `select total_rows as count from import_file where file_name = 'northwind-support-customers.csv' and state = 'APPLIED'`,
      );
      expect(rows?.count).toBe(60);
    } finally {
      await world.close();
    }
  });

  test.each(["PREVIEW", "APPLYING"])("with a file left in %s goes on with that file", async (state) => {
    const world = await openWorld();
    try {
      await seedDemo(world.deps, { customers: 60 });
      const reset = await world.rows<{ id: string }>(
        `update import_file set state = $1, applied_at = null where file_name = 'halden-lab-requests.csv' returning id`,
        [state],
      );
      const result = await seedDemo(world.deps, { customers: 60 });
      expect(result.outcome).toBe("RESUMED");
      const files = await world.rows<{ id: string; state: string }>(
        "select id, state from import_file where file_name = 'halden-lab-requests.csv'",
      );
      expect(files).toEqual([{ id: reset[0]?.id, state: "APPLIED" }]);
    } finally {
      await world.close();
    }
  });
});

test("a site of somebody else in the way is named and nothing is made", async () => {
  const world = await openWorld();
  try {
    await world.rows(
      `with o as (insert into organization (name, distribution_list_words, bot_words) values ('Contoso', '{}', '{}') returning id)
       insert into site (organization_id, name, url_name) select id, 'Help', 'northwind-help' from o`,
    );
    await expect(seedDemo(world.deps)).rejects.toThrow("another organization has site northwind-help");
    expect(await countTables(world)).toMatchObject({ organization: 1, account: 0, import_file: 0 });
  } finally {
    await world.close();
  }
});

function grant(
  email: string,
  role: string,
  organization: string,
  urlName: string | null = null,
  product: string | null = null,
): Record<string, string | null> {
  return { email, role, organization, url_name: urlName, product };
}
