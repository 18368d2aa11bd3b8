import { useSyncExternalStore } from "react";
import type { LiveStatus } from "./resumable-subscription.ts";

// Every live subscription of the page reports here; the header's pill shows the worst of them.
const statuses = new Map<string, LiveStatus>();
const listeners = new Set<() => void>();
const order: LiveStatus["mode"][] = ["live", "connecting", "reconnecting", "polling", "offline"];
let worst: LiveStatus | null = null;

/** Reports one subscription's status under its name; null when it has ended. */
export function reportStatus(name: string, status: LiveStatus | null): void {
  if (status) {
    statuses.set(name, status);
  } else {
    statuses.delete(name);
  }
  let next: LiveStatus = { mode: "live", since: null };
  for (const candidate of statuses.values()) {
    if (order.indexOf(candidate.mode) >= order.indexOf(next.mode)) {
      next = candidate;
    }
  }
  worst = statuses.size === 0 ? null : next;
  listeners.forEach((tell) => tell());
}

/** The worst status of all live subscriptions on the page; null where nothing on it is live. */
export function useConnectionStatus(): LiveStatus | null {
  return useSyncExternalStore(
    (tell) => {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
    () => worst,
  );
}
