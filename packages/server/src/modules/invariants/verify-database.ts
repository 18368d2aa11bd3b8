import pg from "pg";
import { runnerOn } from "../../platform/database/client-runner.ts";
import { verifyInvariants, type InvariantFinding } from "./verify-invariants.ts";

/** Looks at every invariant of a database as of one moment, in a transaction that cannot write. */
export async function verifyDatabase(connectionString: string): Promise<InvariantFinding[]> {
  const client = new pg.Client({
    connectionString,
    application_name: "rehome-verify",
    options: "-c jit=off",
  });
  await client.connect();
  try {
    await client.query("begin transaction isolation level repeatable read read only");
    return await verifyInvariants(runnerOn(client));
  } finally {
    await client.end();
  }
}
