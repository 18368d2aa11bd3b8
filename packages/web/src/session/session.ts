import { postAuth, type AuthProblem } from "./auth-client.ts";

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

/** How a sign-in goes on: they are in, a code is asked for, or a sentence to show. */
export type SignInStep = { next: "in" } | { next: "code" } | { next: "problem"; message: string };

/** The first step of a sign-in. */
export async function signIn(email: string, password: string): Promise<SignInStep> {
  const answer = await postAuth<{ twoStep?: boolean }>("/sign-in/email", { email, password });
  if (answer.ok) {
    forgetSession();
    return answer.body.twoStep === true ? { next: "code" } : { next: "in" };
  }
  const isUnknown = answer.code === "INVALID_EMAIL_OR_PASSWORD" || answer.code === "VALIDATION_ERROR";
  return {
    next: "problem",
    message: isUnknown ? "This email and password do not match an account." : answer.message,
  };
}

/** The second step: a code of the authenticator app, or a recovery code. Null when they are in. */
export async function sendCode(code: string, rememberDevice: boolean): Promise<AuthProblem | null> {
  const answer = await postAuth("/sign-in/two-step", { code, rememberDevice });
  forgetSession();
  return answer.ok ? null : answer;
}

/** Ends the session on the server. */
export async function signOut(): Promise<void> {
  await postAuth("/sign-out");
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
