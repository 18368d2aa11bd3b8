import { readText } from "../../shared/search-params.ts";
import { readDay } from "./audit-dates.ts";
import { readPageSearch, type PageSearch } from "../../shared/use-keyset-pager.ts";

/** The URL of the audit log; `subject` and `actor` are ids, `from` and `to` days, both included; `entry` is the one whose changes are open. */
export interface AuditSearch extends PageSearch {
  search?: string;
  action?: string;
  actor?: string;
  subject?: string;
  from?: string;
  to?: string;
  entry?: string;
}

/** Reads the audit log's URL. */
export function readAuditSearch(search: Record<string, unknown>): AuditSearch {
  return {
    search: readText(search.search),
    action: readText(search.action),
    actor: readText(search.actor),
    subject: readText(search.subject),
    from: readDay(search.from),
    to: readDay(search.to),
    entry: readText(search.entry),
    ...readPageSearch(search),
  };
}
