import {
  startEmbeddedPostgres,
  type EmbeddedPostgresOptions,
} from "../../packages/server/src/platform/database/embedded/index.ts";

/**
 * A server process of its own: starts the embedded database with the options of its first argument (JSON), answers with
 * one line of JSON, and stops in an orderly way when its standard input ends.
 */
const options = JSON.parse(process.argv[2] ?? "{}") as EmbeddedPostgresOptions;

try {
  const database = await startEmbeddedPostgres(options);
  const { connectionString, port, adopted } = database;
  process.stdout.write(`${JSON.stringify({ connectionString, port, adopted })}\n`);
  process.stdin.resume();
  process.stdin.once("end", () => void database.stop().then(() => process.exit(0)));
} catch (error) {
  process.stdout.write(
    `${JSON.stringify({ error: error instanceof Error ? error.message : String(error) })}\n`,
  );
}
