import type { PersonKind } from "@rehome/schema";
import { readChoice, readFlag, readText } from "../../../shared/search-params.ts";
import { readPageSearch, type PageSearch } from "../../../shared/use-keyset-pager.ts";
import { personKindWords } from "../../../shared/words.ts";

/** Whether a login can be used at its product, for the filter. */
export const activeWords = { yes: "Active", no: "Not active" };

/** What the list of a product's users keeps in the URL. */
export interface ProductSearch extends PageSearch {
  search?: string;
  kind?: PersonKind;
  active?: keyof typeof activeWords;
  flagged?: true;
}

/** Reads the URL of a product. */
export function readProductSearch(search: Record<string, unknown>): ProductSearch {
  return {
    search: readText(search.search),
    kind: readChoice(personKindWords, search.kind),
    active: readChoice(activeWords, search.active),
    flagged: readFlag(search.flagged),
    ...readPageSearch(search),
  };
}

/** Whether the list is filtered. */
export function isFiltered({ search, kind, active, flagged }: ProductSearch): boolean {
  return Boolean(search ?? kind ?? active ?? flagged);
}

/** The filter as the API takes it. */
export function filterOf({ search, kind, active, flagged }: ProductSearch) {
  return {
    search: search ?? null,
    kind: kind ?? null,
    flagged: flagged ?? null,
    active: active === undefined ? null : active === "yes",
  };
}
