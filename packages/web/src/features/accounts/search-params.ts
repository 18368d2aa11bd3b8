import { readChoice, readFlag, readText } from "../../shared/search-params.ts";
import { readPageSearch, type PageSearch } from "../../shared/use-keyset-pager.ts";
import { activeWords, identityTypeWords } from "./directory-words.ts";

/** The URL of the directory. */
export interface AccountsSearch extends PageSearch {
  search?: string;
  site?: string;
  type?: keyof typeof identityTypeWords;
  active?: keyof typeof activeWords;
  duplicates?: true;
}

/** Reads the directory's URL. */
export function readAccountsSearch(search: Record<string, unknown>): AccountsSearch {
  return {
    search: readText(search.search),
    site: readText(search.site),
    type: readChoice(identityTypeWords, search.type),
    active: readChoice(activeWords, search.active),
    duplicates: readFlag(search.duplicates),
    ...readPageSearch(search),
  };
}

/** The URL of a profile: an Atlassian account, or with `portal` a portal-only account. */
export interface ProfileSearch {
  type?: "portal";
}

/** Reads a profile's URL. */
export function readProfileSearch(search: Record<string, unknown>): ProfileSearch {
  return { type: search.type === "portal" ? "portal" : undefined };
}
