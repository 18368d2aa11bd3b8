/** Why a request about an account's email or password was not carried out. */
export interface RecoveryProblem {
  code: string;
  message: string;
  /** The input at fault. */
  field: string | null;
  whoCanGrant: readonly string[];
  requestId: string | null;
}

export type RecoveryAnswer<T> = { value: T; problem: null } | { value: null; problem: RecoveryProblem };

/** What a link is for, as far as the page of the link shows it. */
export interface LinkInfo {
  /** The address the link went to. */
  email: string;
  name: string | null;
  /** The account's present address; only its beginning where the link went to another one. */
  accountEmail: string;
  expiresAt: string;
}

export type LinkPurpose =
  | "RESET_PASSWORD"
  | "VERIFY_EMAIL"
  | "FINISH_ACCOUNT"
  | "CHANGE_EMAIL"
  | "CANCEL_EMAIL_CHANGE"
  | "LINK_SERVICE";

/** The viewer's address, and the one that waits to be confirmed. */
export interface EmailState {
  email: string;
  pending: { newEmail: string; askedAt: string; expiresAt: string } | null;
}

/** POSTs to /api/recovery; GETs without a body. Never throws: what went wrong is a problem with words to show. */
export async function callRecovery<T>(path: string, body?: unknown): Promise<RecoveryAnswer<T>> {
  const request: RequestInit =
    body === undefined
      ? { headers: { accept: "application/json" } }
      : {
          method: "POST",
          headers: { accept: "application/json", "content-type": "application/json" },
          body: JSON.stringify(body),
        };
  const response = await fetch(`/api/recovery${path}`, request).catch(() => null);
  if (response === null) {
    return failed("UNREACHABLE", "The server cannot be reached. Check your connection and try again.");
  }
  const answer = (await response.json().catch(() => null)) as (T & Partial<RecoveryProblem>) | null;
  if (response.ok && answer !== null) {
    return { value: answer, problem: null };
  }
  const { code, message, field, whoCanGrant, requestId } = answer ?? {};
  return {
    value: null,
    problem: {
      code: code ?? "FAILED",
      message: message ?? `The server answered ${response.status}. Try again.`,
      field: field ?? null,
      whoCanGrant: whoCanGrant ?? [],
      requestId: requestId ?? response.headers.get("x-request-id"),
    },
  };
}

function failed<T>(code: string, message: string): RecoveryAnswer<T> {
  return { value: null, problem: { code, message, field: null, whoCanGrant: [], requestId: null } };
}
