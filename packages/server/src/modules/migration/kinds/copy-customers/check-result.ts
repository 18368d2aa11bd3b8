import type { CheckResult } from "../../kind.ts";

/** A check that holds when nothing is affected. `found` is its detail otherwise; `none` when it holds. */
export interface Finding {
  code: string;
  severity?: CheckResult["severity"];
  title: string;
  affected: number;
  found: string;
  none: string;
  who: string;
  fix: string;
  examples: readonly string[];
}

/** The result of a check that looks for something: passed when there is none of it. */
export function toCheckResult(finding: Finding): CheckResult {
  const { code, severity = "WARNING", title, affected, found, none, who, fix, examples } = finding;
  return {
    code,
    severity,
    passed: affected === 0,
    title,
    detail: affected === 0 ? none : found,
    who,
    fix: affected === 0 ? "Nothing to do." : fix,
    affected,
    examples: examples.slice(0, 10),
  };
}

/** "1 person", "12,000 people": a number with the noun that fits it. */
export function countOf(count: number, one: string, many: string): string {
  return `${count.toLocaleString("en-US")} ${count === 1 ? one : many}`;
}

/** "3 people are": people with the verb that fits. */
export function people(count: number, verbOne: string, verbMany: string): string {
  return `${countOf(count, "person", "people")} ${count === 1 ? verbOne : verbMany}`;
}
