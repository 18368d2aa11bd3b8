import type { Role } from "@rehome/schema";

/** An invitation as whoever has its link is shown it. */
export interface ShownInvitation {
  email: string;
  role: Role;
  organization: string;
  place: string | null;
  inviter: { name: string; email: string };
  expiresAt: string;
  /** Whether to sign in, or to set a password first because nobody has proven the address so far. */
  next: "SIGN_IN" | "PASSWORD";
  name: string;
}

/** Why something did not happen; `field` names the input at fault. */
export interface InvitationProblem {
  message: string;
  field: string | null;
  whoCanGrant: readonly string[];
}

type Answer<Value> = { value: Value; problem: null } | { value: null; problem: InvitationProblem };

/** What the link is about. */
export function showInvitation(token: string): Promise<Answer<ShownInvitation>> {
  return post("", { token });
}

/** Sets name and password and accepts. */
export function acceptWithPassword(
  token: string,
  name: string,
  password: string,
): Promise<Answer<{ email: string }>> {
  return post("/accept", { token, name, password });
}

/** Declines with the link alone. */
export function declineInvitation(token: string): Promise<Answer<{ email: string }>> {
  return post("/decline", { token });
}

async function post<Value>(path: string, body: object): Promise<Answer<Value>> {
  const response = await fetch(`/api/invitation${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  }).catch(() => null);
  const answer: unknown = await response?.json().catch(() => null);
  const refused = readProblem(answer);
  if (refused !== null) {
    return { value: null, problem: refused };
  }
  if (!response?.ok) {
    const message = response
      ? `The server answered ${response.status}. Try again.`
      : "The server cannot be reached. Check your connection and try again.";
    return { value: null, problem: { message, field: null, whoCanGrant: [] } };
  }
  return { value: answer as Value, problem: null };
}

function readProblem(answer: unknown): InvitationProblem | null {
  if (typeof answer !== "object" || answer === null) {
    return null;
  }
  const { error, refused } = answer as { error?: InvitationProblem; refused?: InvitationProblem };
  return refused ?? error ?? null;
}
