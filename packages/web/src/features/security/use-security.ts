import { useCallback, useEffect, useState } from "react";
import { getAuth, type AuthAnswer, type AuthProblem } from "../../session/auth-client.ts";

/** A browser that is not asked for a code. Times are ISO. */
export interface RememberedDevice {
  id: string;
  userAgent: string;
  createdAt: string;
  lastUsedAt: string;
  expiresAt: string;
  isThis: boolean;
}

/** A passkey of the viewer. */
export interface Passkey {
  id: string;
  name: string;
  backedUp: boolean;
  createdAt: string;
  lastUsedAt: string | null;
}

/** How the viewer gets in. */
export interface Security {
  email: string;
  hasPassword: boolean;
  twoStep: { since: string | null; recoveryCodesLeft: number };
  passkeys: Passkey[];
  /** The one address at which passkeys work; null: nowhere. */
  passkeyOrigin: string | null;
  devices: RememberedDevice[];
}

/** Reads how the viewer gets in; what is known stays while it is read again. */
export function useSecurity(): {
  security: Security | null;
  problem: AuthProblem | null;
  look: () => Promise<void>;
} {
  const [security, setSecurity] = useState<Security | null>(null);
  const [problem, setProblem] = useState<AuthProblem | null>(null);
  const take = useCallback((answer: AuthAnswer<Security>) => {
    if (answer.ok) {
      setSecurity(answer.body);
    }
    setProblem(answer.ok ? null : answer);
  }, []);
  const look = useCallback(async () => take(await readSecurity()), [take]);
  useEffect(
    function readOnce() {
      void readSecurity().then(take);
    },
    [take],
  );
  return { security, problem, look };
}

function readSecurity(): Promise<AuthAnswer<Security>> {
  return getAuth<Security>("/security/overview");
}
