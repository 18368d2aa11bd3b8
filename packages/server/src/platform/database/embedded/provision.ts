import { HOST, withAdministrator } from "./administrator.ts";
import type { Credentials } from "./credentials.ts";

/** The application's role and its database. */
export const ROLE = "rehome";
export const DATABASE = "rehome";

/** The address the application connects to. */
export function buildConnectionString(port: number, credentials: Credentials): string {
  return `postgresql://${ROLE}:${credentials.application}@${HOST}:${port}/${DATABASE}`;
}

/** Creates what the application needs and is not there yet; a start that was cut off before is completed. */
export async function provisionDatabase(port: number, credentials: Credentials): Promise<void> {
  await withAdministrator(port, credentials, "postgres", async (client) => {
    const found = await client.query<{ has_role: boolean; has_database: boolean }>(
      `select exists (select from pg_roles where rolname = $1) as has_role,
              exists (select from pg_database where datname = $2) as has_database`,
      [ROLE, DATABASE],
    );
    const { has_role: hasRole, has_database: hasDatabase } = found.rows[0] ?? {};
    if (!hasRole) {
      // createdb: tests clone a migrated template. No superuser, no role administration.
      const password = client.escapeLiteral(credentials.application);
      await client.query(`create role ${ROLE} login createdb nosuperuser nocreaterole password ${password};
        alter role ${ROLE} set log_min_messages = fatal`);
    }
    if (!hasDatabase) {
      await client.query(`create database ${DATABASE} owner ${ROLE}`);
    }
  });
}

/** Ends every session a former server process left behind, so that none of its transactions goes on unseen. */
export async function endOtherSessions(port: number, credentials: Credentials): Promise<void> {
  await withAdministrator(port, credentials, "postgres", async (client) => {
    await client.query(
      `select pg_terminate_backend(pid, 5000)
         from pg_stat_activity
        where backend_type = 'client backend' and pid <> pg_backend_pid()`,
    );
  });
}
