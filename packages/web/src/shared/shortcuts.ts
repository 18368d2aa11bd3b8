import { useEffect, useEffectEvent, useSyncExternalStore } from "react";

const storageKey = "rehome-shortcuts";
const listeners = new Set<() => void>();

/** Whether single-key shortcuts are on; the help dialog turns them off (speech input users need that). */
export function useShortcutsEnabled(): boolean {
  return useSyncExternalStore(
    (tell) => {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
    () => window.localStorage.getItem(storageKey) !== "off",
  );
}

/** Turns single-key shortcuts on or off, for this browser. */
export function setShortcutsEnabled(enabled: boolean): void {
  window.localStorage.setItem(storageKey, enabled ? "on" : "off");
  listeners.forEach((tell) => tell());
}

/**
 * Runs a handler when its keys are pressed: one key ("j", "?") or two in a row ("g m"). Ignored while typing,
 * with a modifier held, and while a dialog is open.
 */
export function useShortcuts(handlers: Record<string, () => void>): void {
  const enabled = useShortcutsEnabled();
  const handlerFor = useEffectEvent((keys: string) => handlers[keys]);
  useEffect(
    function listenForShortcuts() {
      if (!enabled) {
        return undefined;
      }
      let first = "";
      let firstAt = 0;
      const onKeyDown = (event: KeyboardEvent) => {
        if (event.ctrlKey || event.metaKey || event.altKey || isBusy(event.target)) {
          return;
        }
        const pair = Date.now() - firstAt < 1_000 ? `${first} ${event.key}` : "";
        const handler = handlerFor(pair) ?? handlerFor(event.key);
        first = event.key;
        firstAt = Date.now();
        if (handler) {
          event.preventDefault();
          handler();
        }
      };
      document.addEventListener("keydown", onKeyDown);
      return () => document.removeEventListener("keydown", onKeyDown);
    },
    [enabled],
  );
}

function isBusy(target: EventTarget | null): boolean {
  const element = target instanceof HTMLElement ? target : null;
  return Boolean(
    element?.closest("input, textarea, select, [contenteditable], [role='menu'], [role='dialog']") ??
    document.querySelector("[role='dialog'][aria-modal='true']"),
  );
}
