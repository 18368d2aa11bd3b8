import { readFlag, readText } from "../../shared/search-params.ts";
import { readPageSearch, type PageSearch } from "../../shared/use-keyset-pager.ts";

/** The URL of one group's review: the filters and page of its members. */
export interface GroupSearch extends PageSearch {
  search?: string;
  pending?: true;
}

/** Reads the URL of one group's review. */
export function readGroupSearch(search: Record<string, unknown>): GroupSearch {
  return {
    search: readText(search.search),
    pending: readFlag(search.pending),
    ...readPageSearch(search),
  };
}
