import { Button } from "@mantine/core";
import { useRef, useState, type UIEvent } from "react";
import type { LogEvent } from "../../../shared/live/event-log.ts";
import { formatCount } from "../../../shared/number-format.ts";
import { EmptyState } from "../../../ui/page-states.tsx";
import { Panel } from "../../../ui/panel.tsx";
import { EventList } from "./event-list.tsx";
import classes from "./migration.module.css";

/**
 * The newest events as they come. Reading further down or Pause stream holds the list still; what came
 * meanwhile is counted and one press away.
 */
export function EventStream(props: { events: readonly LogEvent[] }) {
  const [held, setHeld] = useState<readonly LogEvent[] | null>(null);
  const [paused, setPaused] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const shown = held ?? props.events;
  const missed = held ? (props.events[0]?.sequence ?? 0) - (held[0]?.sequence ?? 0) : 0;
  const holdWhileReading = (event: UIEvent<HTMLDivElement>) => {
    const isAtTop = event.currentTarget.scrollTop < 8;
    if (!isAtTop && !held) {
      setHeld(props.events);
    } else if (isAtTop && held && !paused) {
      setHeld(null);
    }
  };
  const jump = () => {
    setPaused(false);
    setHeld(null);
    box.current?.scrollTo({ top: 0 });
  };
  return (
    <Panel
      title="Events"
      flush
      actions={
        <>
          {missed > 0 && (
            <Button size="compact-sm" variant="light" onClick={jump}>
              Jump to newest ({formatCount(missed)})
            </Button>
          )}
          <Button
            size="compact-sm"
            variant="default"
            aria-pressed={paused}
            onClick={() => {
              setPaused(!paused);
              setHeld(paused ? null : props.events);
            }}
          >
            {paused ? "Resume stream" : "Pause stream"}
          </Button>
        </>
      }
    >
      {shown.length === 0 ? (
        <EmptyState title="No events yet">Each batch and each decision appears here.</EmptyState>
      ) : (
        <section
          ref={box}
          className={classes.stream}
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must take the keyboard
          tabIndex={0}
          aria-label="Newest events"
          onScroll={holdWhileReading}
        >
          <EventList events={shown} />
        </section>
      )}
    </Panel>
  );
}
