/** What the link is about, as whoever has it is shown. */
export interface BotAddress {
  email: string;
  /** What the bot is called. */
  bot: string;
  productName: string;
  organizationName: string;
  expiresAt: string;
}

/** The answer, or why there is none; a dead link is told apart, because trying again does not help. */
export type Answer<Value> =
  | { value: Value; problem: null; isDead: false }
  | { value: null; problem: string; isDead: boolean };

/** What the link is about. Uses nothing up. */
export function showBotAddress(token: string): Promise<Answer<BotAddress>> {
  return post("", token);
}

/** Confirms the address. */
export function confirmBotAddress(token: string): Promise<Answer<{ email: string; productName: string }>> {
  return post("/confirm", token);
}

async function post<Value>(path: string, token: string): Promise<Answer<Value>> {
  const response = await fetch(`/api/bot-address${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ token }),
  }).catch(() => null);
  const answer = (await response?.json().catch(() => null)) as {
    refused?: { message: string; field: string | null };
    error?: { message: string };
  } | null;
  if (answer?.refused) {
    return { value: null, problem: answer.refused.message, isDead: answer.refused.field === "token" };
  }
  if (!response?.ok || answer === null) {
    const message = response
      ? (answer?.error?.message ?? `The server answered ${response.status}. Try again.`)
      : "The server cannot be reached. Check your connection and try again.";
    return { value: null, problem: message, isDead: false };
  }
  return { value: answer as Value, problem: null, isDead: false };
}
