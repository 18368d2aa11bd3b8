import { Button, TextInput } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useOrganization } from "../../shared/viewer.tsx";
import { FilterBar, FilterSelect } from "../../ui/filter-bar.tsx";
import { SearchField } from "../../ui/search-field.tsx";
import { actionWords, nameAction } from "./action-words.ts";
import type { AuditRow } from "./audit-columns.tsx";
import type { AuditSearch } from "./search-params.ts";

/** Search, action, and the person or subject chosen in the rows. */
export function AuditFilterBar(props: {
  search: AuditSearch;
  rows: readonly AuditRow[];
  onChange: (next: Partial<AuditSearch>) => void;
  end: ReactNode;
}) {
  const { search, rows, onChange } = props;
  const actions = new Set([...Object.keys(actionWords), ...rows.map((row) => row.action)]);
  if (search.action) {
    actions.add(search.action);
  }
  return (
    <FilterBar end={props.end}>
      <SearchField
        label="Search the audit log"
        placeholder="Search what happened"
        value={search.search ?? ""}
        onSearch={(text) => onChange({ search: text || undefined })}
      />
      <FilterSelect
        label="Action"
        all="All actions"
        value={search.action}
        options={[...actions].map((action) => ({ value: action, label: nameAction(action) }))}
        onChange={(action) => onChange({ action })}
      />
      <ActorFilter search={search} rows={rows} onChange={onChange} />
      <DayField label="From day" value={search.from} onChange={(from) => onChange({ from })} />
      <DayField label="To day" value={search.to} onChange={(to) => onChange({ to })} />
      {search.subject && (
        <Button
          variant="light"
          rightSection={<IconX size={14} aria-hidden />}
          onClick={() => onChange({ subject: undefined })}
          aria-label="Show every subject again"
        >
          One subject only
        </Button>
      )}
    </FilterBar>
  );
}

/** A day, chosen or typed; told when it is whole or gone. */
function DayField(props: {
  label: string;
  value: string | undefined;
  onChange: (day: string | undefined) => void;
}) {
  return (
    <TextInput
      type="date"
      aria-label={props.label}
      title={props.label}
      value={props.value ?? ""}
      onChange={(event) => props.onChange(event.currentTarget.value || undefined)}
    />
  );
}

/** Who did it: the organization's admins and everybody in the rows on screen. */
function ActorFilter(props: {
  search: AuditSearch;
  rows: readonly AuditRow[];
  onChange: (next: Partial<AuditSearch>) => void;
}) {
  const { admins } = useOrganization();
  const names = new Map(admins.map((admin) => [admin.account.id, admin.account.name]));
  for (const { actor } of props.rows) {
    if (actor) {
      names.set(actor.id, actor.name);
    }
  }
  const { actor } = props.search;
  if (actor && !names.has(actor)) {
    names.set(actor, "One person");
  }
  return (
    <FilterSelect
      label="Who"
      all="Everybody"
      value={actor}
      options={[...names].map(([value, label]) => ({ value, label }))}
      onChange={(next) => props.onChange({ actor: next })}
    />
  );
}
