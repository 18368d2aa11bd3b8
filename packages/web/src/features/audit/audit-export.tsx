import { Button } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { startOfDay } from "./audit-dates.ts";
import type { AuditSearch } from "./search-params.ts";

/** Downloads of the entries that the filters leave. */
export function AuditExport(props: { organizationId: string; search: AuditSearch }) {
  return (
    <>
      {(["csv", "jsonl"] as const).map((format) => (
        <Button
          key={format}
          component="a"
          size="compact-sm"
          variant="default"
          href={exportAddress(props.organizationId, props.search, format)}
          download
          leftSection={<IconDownload size={14} aria-hidden />}
          aria-label={`Download these entries as ${format === "csv" ? "CSV" : "JSON Lines with their hashes"}`}
        >
          {format === "csv" ? "CSV" : "JSON Lines"}
        </Button>
      ))}
    </>
  );
}

function exportAddress(organizationId: string, search: AuditSearch, format: "csv" | "jsonl"): string {
  const filters = {
    search: search.search,
    action: search.action,
    actor: search.actor,
    subject: search.subject,
    since: startOfDay(search.from),
    until: startOfDay(search.to, 1),
  };
  const given = Object.entries(filters).filter((filter): filter is [string, string] => Boolean(filter[1]));
  const query = new URLSearchParams(given).toString();
  return `/api/organizations/${organizationId}/audit.${format}${query === "" ? "" : `?${query}`}`;
}
