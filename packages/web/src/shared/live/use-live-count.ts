import { useEffect, useEffectEvent, useState } from "react";
import type { TypedDocumentNode } from "@apollo/client";
import { reportStatus } from "./connection-status.ts";
import { subscribeLive, type LiveSink } from "./live-socket.ts";
import { ResumableSubscription } from "./resumable-subscription.ts";

/**
 * A number the server pushes at once and whenever it changes; null until it is known.
 * `poll` reads the same number over HTTP when the socket stays away.
 */
export function useLiveCount<TData, TVariables extends Record<string, unknown>>(
  name: string,
  document: TypedDocumentNode<TData, TVariables>,
  variables: TVariables | null,
  read: (data: TData) => number,
  poll: () => Promise<number | null>,
): number | null {
  const [count, setCount] = useState<number | null>(null);
  const key = variables ? JSON.stringify(variables) : null;
  const open = useEffectEvent((sink: LiveSink<TData>) =>
    subscribeLive(document, variables ?? ({} as TVariables), sink),
  );
  const take = useEffectEvent((data: TData) => setCount(read(data)));
  const pollOnce = useEffectEvent(async () => {
    const polled = await poll();
    if (polled !== null) {
      setCount(polled);
    }
  });
  useEffect(
    function followCount() {
      if (!key) {
        return undefined;
      }
      const subscription = new ResumableSubscription<TData>({
        open: (sink) => open(sink),
        onData: (data) => take(data),
        onStatus: (status) => reportStatus(name, status),
        poll: () => pollOnce(),
        onRefused: () => reportStatus(name, null),
      });
      subscription.start();
      return () => {
        subscription.stop();
        reportStatus(name, null);
      };
    },
    // What identifies the subscription is its name and variables; the callers' functions may be inline.
    [name, key],
  );
  return count;
}
