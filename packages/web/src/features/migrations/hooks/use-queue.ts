import { useQuery } from "@apollo/client/react";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { useShortcuts } from "../../../shared/shortcuts.ts";
import { useKeysetPager } from "../../../shared/use-keyset-pager.ts";
import { MigrationItemsDocument } from "../migration-items.generated.ts";
import type { AttentionSearch } from "../search-params.ts";

const route = getRouteApi("/app/migrations/$id/attention");
const pageSize = 100;

/** The attention queue's page of people, what is selected and open in it, and the ways to move through it. */
export function useQueue(migrationId: string, onChanged: () => Promise<unknown>) {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const change = (next: AttentionSearch) => {
    setSelected(new Set());
    void navigate({
      search: (old) => ({ ...old, after: undefined, page: undefined, item: undefined, ...next }),
      replace: true,
      resetScroll: false,
    });
  };
  const pager = useKeysetPager(pageSize, search, change);
  const filter = { openAttention: true, problem: search.problem ?? null, search: search.search ?? null };
  const query = useQuery(MigrationItemsDocument, {
    variables: { migrationId, filter, first: pageSize, after: search.after ?? null },
    fetchPolicy: "no-cache",
  });
  const items = (query.data ?? query.previousData)?.migration?.items;
  const rows = items?.edges.map((edge) => edge.node) ?? [];
  const open = (item: string | undefined) =>
    void navigate({ search: (old) => ({ ...old, item }), replace: true, resetScroll: false });
  const toggle = (id: string) => {
    const next = new Set(selected);
    if (!next.delete(id)) {
      next.add(id);
    }
    setSelected(next);
  };
  const refresh = async () => {
    setSelected(new Set());
    // A failed refresh keeps the rows; the connection pill tells.
    await Promise.all([query.refetch(), onChanged()]).catch(() => undefined);
  };
  useQueueKeys(rows, search.item, open, toggle);
  return { search, change, filter, query, items, rows, pager, selected, setSelected, open, toggle, refresh };
}

/** What `useQueue` answers. */
export type Queue = ReturnType<typeof useQueue>;

function useQueueKeys(
  rows: readonly { id: string }[],
  openId: string | undefined,
  open: (id: string) => void,
  toggle: (id: string) => void,
): void {
  const step = (by: number) => {
    const at = rows.findIndex((row) => row.id === openId);
    const next = rows[Math.min(rows.length - 1, Math.max(0, at + by))];
    if (next) {
      open(next.id);
      document.querySelector(`[data-row="${next.id}"]`)?.scrollIntoView({ block: "nearest" });
    }
  };
  useShortcuts({
    j: () => step(1),
    k: () => step(-1),
    x: () => openId && toggle(openId),
  });
}
