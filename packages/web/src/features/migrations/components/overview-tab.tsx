import type { MigrationState } from "@rehome/schema";
import type { EventLogState } from "../../../shared/live/event-log.ts";
import { Split } from "../../../ui/layout.tsx";
import { EventStream } from "./event-stream.tsx";
import { RatePanel } from "./rate-panel.tsx";

/** How fast it goes, beside the newest events. */
export function OverviewTab(props: { log: EventLogState; state: MigrationState }) {
  return (
    <Split>
      <RatePanel points={props.log.rate} running={props.state === "RUNNING"} />
      <EventStream events={props.log.events} />
    </Split>
  );
}
