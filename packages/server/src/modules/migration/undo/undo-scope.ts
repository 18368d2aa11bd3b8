import { refuse } from "../../../platform/refusal.ts";
import { sayNumber } from "../engine/say-number.ts";
import { isUuid } from "../migration.visibility.ts";
import type { UndoScope } from "../undo-record.ts";

const mostItems = 1_000;

/** A scope as it was asked for; absent parts are null or left out. */
export interface WantedScope {
  everything?: boolean | null;
  itemIds?: string[] | null;
  outcome?: string | null;
  effect?: string | null;
}

/** The scope as it is stored; INVALID_INPUT unless it says exactly one thing: everything, named rows, or a class of rows. */
export function insistOnScope(wanted: WantedScope): UndoScope {
  const everything = wanted.everything ?? false;
  const itemIds = wanted.itemIds == null ? null : [...new Set(wanted.itemIds.map((id) => id.toLowerCase()))];
  const outcome = wanted.outcome ?? null;
  const effect = wanted.effect ?? null;
  const ways = [everything, itemIds !== null, outcome !== null || effect !== null].filter(Boolean).length;
  if (ways !== 1) {
    refuse("INVALID_INPUT", "Choose one: everything, named rows, or the rows of an outcome or effect.", {
      field: "scope",
    });
  }
  if (itemIds !== null && (itemIds.length === 0 || itemIds.length > mostItems || !itemIds.every(isUuid))) {
    refuse("INVALID_INPUT", `Name 1 to ${sayNumber(mostItems)} rows of the migration.`, { field: "itemIds" });
  }
  return { everything, itemIds, outcome, effect };
}

/** Whom an undo is about, in the middle of a sentence. */
export function sayScope(scope: UndoScope): string {
  if (scope.everything) {
    return "the whole run";
  }
  if (scope.itemIds !== null) {
    return scope.itemIds.length === 1 ? "one person" : `${sayNumber(scope.itemIds.length)} people`;
  }
  const parts = [
    scope.outcome === null ? null : `outcome ${scope.outcome}`,
    scope.effect === null ? null : `effect ${scope.effect}`,
  ];
  return `everybody with ${parts.filter((part) => part !== null).join(" and ")}`;
}
