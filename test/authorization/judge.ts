import type { ExecutionResult } from "graphql";

/** What an answer came to; `fault` is neither: a bug, or an example that never got as far as the rule. */
export type Verdict = "allowed" | "refused" | "fault";

const refusingErrors = new Set(["UNAUTHENTICATED", "FORBIDDEN", "NOT_FOUND"]);

/** Errors that no rule says: bugs, and inputs that were never looked at. */
export function faultsIn({ errors }: ExecutionResult): string[] {
  return (errors ?? [])
    .filter((error) => !refusingErrors.has(String(error.extensions?.code)))
    .map((error) => `${error.path?.join(".") ?? ""}: ${error.message}`);
}

/**
 * Allowed is whatever comes after the rule let the caller through, a refusal for another reason included (a wrong
 * state, a confirmation that does not match); refused is what the rule itself says.
 */
export function judge(result: ExecutionResult, fieldName: string): Verdict {
  const { data, errors } = result;
  if (faultsIn(result).length > 0) {
    return "fault";
  }
  if (data?.follows === true) {
    return "allowed";
  }
  const value = data?.[fieldName] as Record<string, unknown> | null | undefined;
  if (value === null || value === undefined || (errors ?? []).some(({ path }) => path?.length === 1)) {
    return "refused";
  }
  const isRefusal = value.__typename === "Refused";
  return isRefusal && ["NOT_PERMITTED", "INVALID_INPUT"].includes(String(value.Refused_code))
    ? "refused"
    : "allowed";
}

/** The same for a route; one that is for everybody judges for itself what it is sent. */
export function judgeStatus(status: number, isForEverybody = false): Verdict {
  if (status >= 500) {
    return "fault";
  }
  if (isForEverybody) {
    return "allowed";
  }
  if ([401, 403, 404].includes(status)) {
    return "refused";
  }
  return status < 400 || status === 410 ? "allowed" : "fault";
}

/** The answer with its ids taken out: everything else must be the same to the byte. */
export function plain(answer: unknown): string {
  const text = typeof answer === "string" ? answer : JSON.stringify(answer);
  return text.replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, "<id>");
}
