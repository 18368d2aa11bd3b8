import { useEffect, useState } from "react";
import { fetchHasOutbox } from "../session/development.ts";

/** Whether the server shows its mail to this machine; false until it has said so. */
export function useHasOutbox(): boolean {
  const [hasOutbox, setHasOutbox] = useState(false);
  useEffect(function askServer() {
    void fetchHasOutbox().then(setHasOutbox);
  }, []);
  return hasOutbox;
}
