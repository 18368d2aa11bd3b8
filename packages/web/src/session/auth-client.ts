/** Why the server did not do what was asked of sign-in; `code` for the page, `message` for people. */
export interface AuthProblem {
  ok: false;
  code: string;
  message: string;
}

/** What sign-in answered. */
export type AuthAnswer<Body> = { ok: true; body: Body } | AuthProblem;

const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });

/** Asks an endpoint of sign-in; never throws, since a page has to say what happened. */
export function getAuth<Body>(path: string): Promise<AuthAnswer<Body>> {
  return ask(path, { headers: { accept: "application/json" } });
}

/** Has an endpoint of sign-in do something; never throws. */
export function postAuth<Body>(path: string, body: unknown = {}): Promise<AuthAnswer<Body>> {
  return ask(path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
}

async function ask<Body>(path: string, request: RequestInit): Promise<AuthAnswer<Body>> {
  const response = await fetch(`/api/auth${path}`, request).catch(() => null);
  if (response === null) {
    return problem("NETWORK", "The server cannot be reached. Check your connection and try again.");
  }
  const body = (await response.json().catch(() => null)) as unknown;
  if (response.ok) {
    return { ok: true, body: body as Body };
  }
  return describe(response.status, (body ?? {}) as { code?: string; message?: string; lockedUntil?: string });
}

function describe(
  status: number,
  body: { code?: string; message?: string; lockedUntil?: string },
): AuthProblem {
  if (body.lockedUntil !== undefined) {
    return problem("TWO_STEP_LOCKED", describeLock(body.lockedUntil));
  }
  if (status === 429) {
    return problem("TOO_MANY", "Too many attempts. Wait a minute, then try again.");
  }
  if (body.code !== undefined && body.message !== undefined && status < 500) {
    return problem(body.code, body.message);
  }
  return problem("SERVER", `The server answered ${status}. Try again in a moment.`);
}

/** Until when no code is taken, on the reader's clock. */
export function describeLock(lockedUntil: string): string {
  return `Too many wrong codes. Codes are taken again after ${clock.format(new Date(lockedUntil))}.`;
}

function problem(code: string, message: string): AuthProblem {
  return { ok: false, code, message };
}
