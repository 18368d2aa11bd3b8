import DataLoader from "dataloader";
import type { RequestContext } from "./context.ts";

/**
 * A per-request loader: the ids asked for in one tick become one statement. `load` gets the distinct ids and
 * answers with a map; an id that is missing there loads as null.
 */
export function loader<Value>(
  context: RequestContext,
  name: string,
  load: (ids: readonly string[]) => Promise<Map<string, Value>>,
): DataLoader<string, Value | null> {
  const existing = context.loaders.get(name);
  if (existing !== undefined) {
    return existing as DataLoader<string, Value | null>;
  }
  const created = new DataLoader<string, Value | null>(async (ids) => {
    const found = await load(ids);
    return ids.map((id) => found.get(id) ?? null);
  });
  context.loaders.set(name, created);
  return created;
}
