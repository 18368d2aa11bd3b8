/** One value of an audit entry; null where it did not exist. */
export interface ValueChange {
  name: string;
  before: string | null;
  after: string | null;
}

/** The values of an entry side by side: nested objects as dotted names, lists as one text, unchanged ones left out. */
export function listChanges(before: unknown, after: unknown): ValueChange[] {
  const old = flatten(before);
  const fresh = flatten(after);
  return [...new Set([...old.keys(), ...fresh.keys()])]
    .map((name) => ({ name, before: old.get(name) ?? null, after: fresh.get(name) ?? null }))
    .filter((change) => change.before !== change.after);
}

function flatten(value: unknown, prefix = "", into = new Map<string, string>()): Map<string, string> {
  if (isRecord(value)) {
    for (const [key, inner] of Object.entries(value)) {
      flatten(inner, prefix === "" ? key : `${prefix}.${key}`, into);
    }
  } else if (value !== null && value !== undefined) {
    into.set(prefix === "" ? "value" : prefix, writeValue(value));
  }
  return into;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function writeValue(value: unknown): string {
  if (Array.isArray(value)) {
    return value.map((item) => (isRecord(item) ? JSON.stringify(item) : String(item))).join(", ");
  }
  return String(value);
}
