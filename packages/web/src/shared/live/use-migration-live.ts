import { useApolloClient } from "@apollo/client/react";
import { useEffect, useRef, useState } from "react";
import { reportStatus } from "./connection-status.ts";
import { appendEvents, emptyEventLog, type EventLogState, type LogEvent } from "./event-log.ts";
import { subscribeLive } from "./live-socket.ts";
import {
  MigrationEventsDocument,
  MigrationLiveSnapshotDocument,
  MigrationProgressDocument,
  type MigrationEventsSubscription,
  type MigrationProgressFieldsFragment,
  type MigrationProgressSubscription,
} from "./migration-live.generated.ts";
import { ResumableSubscription } from "./resumable-subscription.ts";

/** What a page shows of a running migration; `progress` is null until the first snapshot. */
export interface MigrationLive {
  progress: MigrationProgressFieldsFragment | null;
  log: EventLogState;
}

/**
 * The one owner of a migration's live data. Subscribes to events after the last sequence seen, so a cut or
 * a server restart loses and repeats nothing; polls every 10 s when the socket stays away; and hands the
 * page at most one new value per animation frame.
 */
export function useMigrationLive(migrationId: string): MigrationLive {
  const client = useApolloClient();
  const [live, setLive] = useState<MigrationLive>(() => ({ progress: null, log: emptyEventLog() }));
  // Written by the subscriptions, read by the frame: React sees only the frame.
  const draft = useRef<{ live: MigrationLive; queue: LogEvent[] }>({ live, queue: [] });

  useEffect(
    function followMigration() {
      let frame = 0;
      draft.current = { live: { progress: null, log: emptyEventLog() }, queue: [] };
      setLive(draft.current.live);
      const flush = () => {
        frame = 0;
        const { live: known, queue } = draft.current;
        draft.current = { live: { ...known, log: appendEvents(known.log, queue) }, queue: [] };
        setLive(draft.current.live);
      };
      const schedule = () => {
        // A hidden tab gets no frames; the queue waits there and is applied in one go.
        frame ||= requestAnimationFrame(flush);
      };
      const takeProgress = (progress: MigrationProgressFieldsFragment) => {
        const known = draft.current.live.progress;
        if (!known || progress.sequence >= known.sequence) {
          draft.current.live = { ...draft.current.live, progress };
          schedule();
        }
      };
      const resumeAfter = () => draft.current.queue.at(-1)?.sequence ?? draft.current.live.log.lastSequence;
      // Polled events count only when they join on to what is known: a jump would move the resume point past
      // events never seen. After RESYNC the server's log starts later, so there the jump is right.
      const loadSnapshot = async (mayJump: boolean) => {
        const { data } = await client.query({
          query: MigrationLiveSnapshotDocument,
          variables: { migrationId },
          fetchPolicy: "no-cache",
        });
        if (data?.migration) {
          takeProgress(data.migration.progress);
          const oldest = data.migration.events.at(-1)?.sequence ?? 0;
          if (mayJump || oldest <= resumeAfter() + 1) {
            draft.current.queue.push(...data.migration.events.toReversed());
            schedule();
          }
        }
      };

      const events = new ResumableSubscription<MigrationEventsSubscription>({
        open: (sink) =>
          subscribeLive(MigrationEventsDocument, { migrationId, afterSequence: resumeAfter() }, sink),
        onData: (data) => {
          draft.current.queue.push(data.migrationEvents);
          schedule();
        },
        onStatus: (status) => reportStatus(`events:${migrationId}`, status),
        poll: () => loadSnapshot(false),
        onRefused: () => reportStatus(`events:${migrationId}`, null),
        onResync: () => {
          loadSnapshot(true).catch(() => undefined);
        },
      });
      const progress = new ResumableSubscription<MigrationProgressSubscription>({
        open: (sink) => subscribeLive(MigrationProgressDocument, { migrationId }, sink),
        onData: (data) => takeProgress(data.migrationProgress),
        onStatus: (status) => reportStatus(`progress:${migrationId}`, status),
        // The events' poll brings the progress too.
        poll: () => Promise.resolve(),
        onRefused: () => reportStatus(`progress:${migrationId}`, null),
      });
      events.start();
      progress.start();
      return () => {
        cancelAnimationFrame(frame);
        events.stop();
        progress.stop();
        reportStatus(`events:${migrationId}`, null);
        reportStatus(`progress:${migrationId}`, null);
      };
    },
    [client, migrationId],
  );
  return live;
}
