import { useQuery } from "@apollo/client/react";
import { Button } from "@mantine/core";
import { useState } from "react";
import type { EventLogState } from "../../../shared/live/event-log.ts";
import { QueryError } from "../../../shared/query-view.tsx";
import { formatCount } from "../../../shared/number-format.ts";
import { FilterBar } from "../../../ui/filter-bar.tsx";
import { NoMatches } from "../../../ui/page-states.tsx";
import { Panel } from "../../../ui/panel.tsx";
import { SearchField } from "../../../ui/search-field.tsx";
import { SkeletonBlock } from "../../../ui/skeleton-rows.tsx";
import { MigrationEventSearchDocument } from "../migration-page.generated.ts";
import { EventList } from "./event-list.tsx";
import { EventStream } from "./event-stream.tsx";
import classes from "./migration.module.css";

/** The live stream, or, with a search or further back, the log as the server keeps it. */
export function EventsTab(props: { migrationId: string; log: EventLogState }) {
  const [search, setSearch] = useState("");
  const [before, setBefore] = useState<number | null>(null);
  const searching = search !== "" || before !== null;
  const oldest = props.log.events.at(-1)?.sequence ?? 0;
  return (
    <Panel flush>
      <FilterBar
        end={
          before !== null ? (
            <Button size="compact-sm" variant="light" onClick={() => setBefore(null)}>
              Jump to newest
            </Button>
          ) : (
            <span className="muted numeric">{formatCount(props.log.lastSequence)} events</span>
          )
        }
      >
        <SearchField
          label="Search events"
          value={search}
          onSearch={(text) => {
            setSearch(text);
            setBefore(null);
          }}
        />
      </FilterBar>
      {searching ? (
        <FoundEvents
          migrationId={props.migrationId}
          search={search}
          before={before}
          onOlder={setBefore}
          onClear={() => {
            setSearch("");
            setBefore(null);
          }}
        />
      ) : (
        <div className={classes.embedded}>
          <EventStream events={props.log.events} />
          {oldest > 1 && <OlderButton onClick={() => setBefore(oldest)} />}
        </div>
      )}
    </Panel>
  );
}

function FoundEvents(props: {
  migrationId: string;
  search: string;
  before: number | null;
  onOlder: (before: number) => void;
  onClear: () => void;
}) {
  const query = useQuery(MigrationEventSearchDocument, {
    variables: { migrationId: props.migrationId, search: props.search || null, beforeSequence: props.before },
    fetchPolicy: "no-cache",
  });
  const events = (query.data ?? query.previousData)?.migration?.events;
  if (!events) {
    return query.error ? (
      <QueryError error={query.error} what="events" refetch={query.refetch} />
    ) : (
      <SkeletonBlock height={240} />
    );
  }
  const oldest = events.at(-1)?.sequence ?? 0;
  return events.length === 0 ? (
    <NoMatches what="events" onClear={props.onClear} />
  ) : (
    <>
      <EventList events={events} />
      {events.length === 100 && oldest > 1 && <OlderButton onClick={() => props.onOlder(oldest)} />}
    </>
  );
}

function OlderButton(props: { onClick: () => void }) {
  return (
    <div className={classes.older}>
      <Button size="compact-sm" variant="default" onClick={props.onClick}>
        Older events
      </Button>
    </div>
  );
}
