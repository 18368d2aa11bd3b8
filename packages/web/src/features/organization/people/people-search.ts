import type { Role } from "@rehome/schema";
import { roleWords } from "../../../shared/role-words.ts";
import { readChoice, readText } from "../../../shared/search-params.ts";
import { readPageSearch, type PageSearch } from "../../../shared/use-keyset-pager.ts";

/** What the list of people with roles keeps in the URL. */
export interface PeopleSearch extends PageSearch {
  search?: string;
  role?: Role;
  site?: string;
  product?: string;
}

/** Reads the URL of the list. */
export function readPeopleSearch(search: Record<string, unknown>): PeopleSearch {
  return {
    search: readText(search.search),
    role: readChoice(roleWords, search.role),
    site: readText(search.site),
    product: readText(search.product),
    ...readPageSearch(search),
  };
}
