import { useRef, useState, type ReactNode } from "react";
import type { AuthAnswer } from "../../session/auth-client.ts";
import { ConfirmIdentity } from "./confirm-identity.tsx";
import type { Security } from "./use-security.ts";

/** Does something that the server may want a confirmation for first; the person may give up, which is no problem. */
export type Guard = <Body>(action: () => Promise<AuthAnswer<Body>>) => Promise<AuthAnswer<Body>>;

/** What a guarded action answers when the person did not confirm. */
export const gaveUp = "GAVE_UP";

/**
 * Runs actions; where the server answers that it wants to know who sits there, asks, and runs the action again.
 * `dialog` is to be rendered by the page.
 */
export function useGuard(security: Security | null): { guard: Guard; dialog: ReactNode } {
  const [isAsking, setAsking] = useState(false);
  const answerWith = useRef<(confirmed: boolean) => void>(() => undefined);
  const guard: Guard = async (action) => {
    const first = await action();
    if (first.ok || first.code !== "CONFIRM_FIRST") {
      return first;
    }
    const confirmed = await new Promise<boolean>((resolve) => {
      answerWith.current = resolve;
      setAsking(true);
    });
    setAsking(false);
    return confirmed ? action() : { ok: false, code: gaveUp, message: "" };
  };
  const dialog = (
    <ConfirmIdentity
      key={String(isAsking)}
      opened={isAsking}
      security={security}
      onConfirmed={() => answerWith.current(true)}
      onClose={() => answerWith.current(false)}
    />
  );
  return { guard, dialog };
}
