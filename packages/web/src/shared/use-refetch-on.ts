import { useEffect, useEffectEvent, useRef } from "react";

/** Reads a query again when the given version changes; the rows shown stay until the new ones are there. */
export function useRefetchOn(version: string, refetch: () => Promise<unknown>): void {
  const seen = useRef(version);
  const readAgain = useEffectEvent(() => {
    // A failed refetch leaves the old rows and is told by the connection pill.
    refetch().catch(() => undefined);
  });
  useEffect(
    function readAgainOnChange() {
      if (seen.current !== version) {
        seen.current = version;
        readAgain();
      }
    },
    [version],
  );
}
