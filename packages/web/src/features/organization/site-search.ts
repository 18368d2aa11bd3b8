import { readPeopleSearch, type PeopleSearch } from "./people/people-search.ts";

/** The URL of a site: its tab, and what the people tab keeps. */
export interface SiteSearch extends PeopleSearch {
  tab?: "people";
}

/** Reads the URL of a site. */
export function readSiteSearch(search: Record<string, unknown>): SiteSearch {
  return search.tab === "people" ? { tab: "people", ...readPeopleSearch(search) } : {};
}
