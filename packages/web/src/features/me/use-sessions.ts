import { useCallback, useEffect, useState } from "react";
import { getAuth, type AuthAnswer, type AuthProblem } from "../../session/auth-client.ts";

/** A place where the viewer is signed in. Times are ISO; `token` is a handle that names it and lets nobody in. */
export interface ListedSession {
  id: string;
  token: string;
  ipAddress: string | null;
  userAgent: string | null;
  createdAt: string;
  expiresAt: string;
}

/** Reads where the viewer is signed in, newest first, and which of them this is. */
export function useSessions(): {
  sessions: ListedSession[] | null;
  thisId: string | null;
  problem: AuthProblem | null;
  look: () => Promise<void>;
} {
  const [sessions, setSessions] = useState<ListedSession[] | null>(null);
  const [thisId, setThisId] = useState<string | null>(null);
  const [problem, setProblem] = useState<AuthProblem | null>(null);
  const take = useCallback(({ listed, own }: Answers) => {
    if (listed.ok && own.ok) {
      setSessions(listed.body.toSorted((one, other) => other.createdAt.localeCompare(one.createdAt)));
      setThisId(own.body?.session.id ?? null);
    }
    setProblem(listed.ok ? (own.ok ? null : own) : listed);
  }, []);
  const look = useCallback(async () => take(await readSessions()), [take]);
  useEffect(
    function readOnce() {
      void readSessions().then(take);
    },
    [take],
  );
  return { sessions, thisId, problem, look };
}

interface Answers {
  listed: AuthAnswer<ListedSession[]>;
  own: AuthAnswer<{ session: { id: string } } | null>;
}

async function readSessions(): Promise<Answers> {
  const [listed, own] = await Promise.all([
    getAuth<ListedSession[]>("/list-sessions"),
    getAuth<{ session: { id: string } } | null>("/get-session"),
  ]);
  return { listed, own };
}
