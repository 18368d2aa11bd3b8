import type { Client } from "pg";
import { withAdministrator } from "./administrator.ts";
import type { Credentials } from "./credentials.ts";
import { DATABASE, ROLE } from "./provision.ts";

/** What the application uses and may not change. */
export interface KeptApart {
  /** Tables, and what the application's role may do with each, as GRANT takes it. */
  tables: Readonly<Record<string, string>>;
  /** Functions that act on those tables for the application, as SQL names them. */
  functions: readonly string[];
}

/** Nobody's login: owns what the application's role may not change, and the schema, whose owner could drop it. */
const keeper = "rehome_keeper";

/** Gives the objects to a role of their own. Those that do not exist yet are left out. */
export async function keepApart(port: number, credentials: Credentials, kept: KeptApart): Promise<void> {
  await withAdministrator(port, credentials, DATABASE, async (client) => {
    const found = await client.query("select 1 from pg_roles where rolname = $1", [keeper]);
    if (found.rows.length === 0) {
      await client.query(`create role ${keeper} nologin`);
    }
    await client.query("begin");
    await client.query(
      `alter schema public owner to ${keeper}; grant usage, create on schema public to ${ROLE}`,
    );
    await changeOwner(client, kept, keeper);
    for (const table of await present(client, kept)) {
      await client.query(
        `revoke all on ${table} from ${ROLE}, public; grant ${kept.tables[table]} on ${table} to ${ROLE}`,
      );
    }
    await client.query("commit");
  });
}

/** Gives them back, for what changes the schema or fills an empty database. */
export async function giveBack(port: number, credentials: Credentials, kept: KeptApart): Promise<void> {
  await withAdministrator(port, credentials, DATABASE, async (client) => {
    await client.query("begin");
    await changeOwner(client, kept, ROLE);
    await client.query("commit");
  });
}

async function changeOwner(client: Client, kept: KeptApart, owner: string): Promise<void> {
  for (const table of await present(client, kept)) {
    await client.query(`alter table ${table} owner to ${owner}`);
  }
  for (const name of kept.functions) {
    const { rows } = await client.query("select 1 where to_regprocedure($1) is not null", [name]);
    if (rows.length > 0) {
      await client.query(`alter function ${name} owner to ${owner}`);
    }
  }
}

async function present(client: Client, kept: KeptApart): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    "select name from unnest($1::text[]) as name where to_regclass(name) is not null",
    [Object.keys(kept.tables)],
  );
  return rows.map(({ name }) => name);
}
