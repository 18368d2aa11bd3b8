/**
 * Why the database refused the data, or null when the error says nothing about a row (a lost connection, a
 * deadlock). Classes 22 and 23 are data and integrity errors, P0001 is raised by a trigger.
 */
export function refusedByDatabase(error: unknown): string | null {
  const { code, constraint, message } = error as { code?: unknown; constraint?: unknown; message?: unknown };
  if (typeof code !== "string" || !/^(22|23|P0001)/.test(code)) {
    return null;
  }
  return typeof constraint === "string" ? `the database refused it (${constraint})` : String(message);
}
