/** The signed-in person as better-auth's session endpoint tells it. */
export interface SessionUser {
  id: string;
  email: string;
  name: string;
}

/** A demo sign-in, offered by the server only on loopback with its own database. */
export interface DemoSignIn {
  email: string;
  name: string;
  role: string;
  password: string;
  organization: string;
  /** What this person is good for in a tour. */
  about?: string;
}

let known: SessionUser | null = null;

/** The session's user, or null when nobody is signed in. Remembered until `forgetSession`. */
export async function fetchSession(): Promise<SessionUser | null> {
  if (known) {
    return known;
  }
  const response = await fetch("/api/auth/get-session", { headers: { accept: "application/json" } });
  if (!response.ok) {
    return null;
  }
  const body = (await response.json()) as { user?: SessionUser } | null;
  known = body?.user ?? null;
  return known;
}

/** Drops the remembered session, so that the next page asks the server. */
export function forgetSession(): void {
  known = null;
}

/** Signs in; answers null on success, else the sentence to show. */
export async function signIn(email: string, password: string): Promise<string | null> {
  const response = await postJson("/api/auth/sign-in/email", { email, password }).catch(() => null);
  if (!response) {
    return "The server cannot be reached. Check your connection and try again.";
  }
  if (response.ok) {
    forgetSession();
    return null;
  }
  if (response.status === 429) {
    return "Too many attempts. Wait a minute, then try again.";
  }
  if (response.status === 403) {
    const refused = (await response.json().catch(() => null)) as { code?: string; message?: string } | null;
    if (refused?.code === "EMAIL_NOT_CONFIRMED" && refused.message) {
      return refused.message;
    }
  }
  return response.status === 401 || response.status === 400
    ? "This email and password do not match an account."
    : `Sign-in failed: the server answered ${response.status}.`;
}

/** Ends the session on the server. */
export async function signOut(): Promise<void> {
  await postJson("/api/auth/sign-out", {}).catch(() => null);
  forgetSession();
}

/** The demo sign-ins, or an empty list where the server offers none. */
export async function fetchDemoSignIns(): Promise<DemoSignIn[]> {
  const response = await fetch("/api/demo-sign-ins", { headers: { accept: "application/json" } }).catch(
    () => null,
  );
  if (!response?.ok || !response.headers.get("content-type")?.includes("json")) {
    return [];
  }
  return (await response.json()) as DemoSignIn[];
}

function postJson(url: string, body: unknown): Promise<Response> {
  return fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
}
