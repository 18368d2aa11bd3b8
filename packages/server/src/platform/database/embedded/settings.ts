import { EmbeddedPostgresError } from "./failures.ts";

/** PostgreSQL settings by name, values as in postgresql.conf ("256MB", "on", 60). */
export type PostgresSettings = Record<string, string | number | boolean>;

/** For 2 cores and much memory, yet modest: the server and its database share the machine with others. */
const defaults: PostgresSettings = {
  max_connections: 60,
  shared_buffers: "256MB",
  work_mem: "32MB",
  maintenance_work_mem: "128MB",
  effective_cache_size: "2GB",
  max_wal_size: "4GB",
  min_wal_size: "256MB",
  // The only compression this build has (pglz) takes 120 µs of processor per page image, thirty times what writing
  // the page costs, and a run's batches write thousands of images after each checkpoint.
  wal_compression: "off",
  checkpoint_timeout: "15min",
  random_page_cost: 1.1,
  // Compiling costs more than it saves on statements of this size.
  jit: "off",
  timezone: "UTC",
  log_timezone: "UTC",
  log_line_prefix: "%m [%p] ",
  log_checkpoints: "off",
  // A failed statement's text may carry personal data; the application logs its own errors.
  log_min_error_statement: "panic",
  // A statement whose client was killed ends within seconds and frees its locks.
  client_connection_check_interval: "5s",
};

/** What nobody may change: an acknowledged row is on disk, and nobody reaches the database but by password from this machine. */
const fixed: PostgresSettings = {
  fsync: "on",
  full_page_writes: "on",
  synchronous_commit: "on",
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  password_encryption: "scram-sha-256",
  log_destination: "stderr",
  logging_collector: "off",
};

const reserved = new Set([
  ...Object.keys(fixed),
  "port",
  "cluster_name",
  "data_directory",
  "hba_file",
  "ident_file",
  "config_file",
]);

/**
 * The arguments of `postgres`, the port left out. They are given on the command line because that outranks every
 * configuration file in the cluster. Throws in words for a setting that must not be changed.
 */
export function buildArguments(
  clusterPath: string,
  clusterName: string,
  changes: PostgresSettings,
): string[] {
  for (const name of Object.keys(changes)) {
    if (reserved.has(name.toLowerCase())) {
      throw new EmbeddedPostgresError(
        `The PostgreSQL setting ${name} of the embedded database cannot be changed.`,
      );
    }
    if (!/^[a-z_]+(\.[a-z_]+)?$/i.test(name)) {
      throw new EmbeddedPostgresError(`"${name}" is not the name of a PostgreSQL setting.`);
    }
  }
  const settings = { ...defaults, ...changes, ...fixed, cluster_name: clusterName };
  return [
    "-D",
    clusterPath,
    ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${formatValue(value)}`]),
  ];
}

function formatValue(value: string | number | boolean): string {
  return typeof value === "boolean" ? (value ? "on" : "off") : String(value);
}
