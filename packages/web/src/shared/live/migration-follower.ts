import { reportStatus } from "./connection-status.ts";
import { appendEvents, emptyEventLog, restartLog, type EventLogState, type LogEvent } from "./event-log.ts";
import { subscribeLive } from "./live-socket.ts";
import {
  MigrationEventsDocument,
  MigrationProgressDocument,
  type MigrationEventsSubscription,
  type MigrationLiveSnapshotQuery,
  type MigrationProgressFieldsFragment,
  type MigrationProgressSubscription,
} from "./migration-live.generated.ts";
import { ResumableSubscription } from "./resumable-subscription.ts";

/** What a page shows of a running migration; `progress` is null until the first snapshot. */
export interface MigrationLive {
  progress: MigrationProgressFieldsFragment | null;
  log: EventLogState;
}

/** The state before anything is known. */
export const nothingYet: MigrationLive = { progress: null, log: emptyEventLog() };

/** Follows one migration over the socket, and over HTTP while the socket stays away; tells at most once per frame. */
export class MigrationFollower {
  private live = nothingYet;
  // Arrived and not yet shown: a hidden tab gets no frames, and then all of it is applied in one go.
  private queue: LogEvent[] = [];
  private frame = 0;
  private readonly subscriptions: readonly { start(): void; stop(): void }[];
  private readonly statusNames: readonly string[];

  constructor(
    private readonly migrationId: string,
    private readonly loadSnapshot: () => Promise<MigrationLiveSnapshotQuery["migration"]>,
    private readonly tell: (live: MigrationLive) => void,
  ) {
    this.statusNames = [`events:${migrationId}`, `progress:${migrationId}`];
    this.subscriptions = [
      this.followEvents(`events:${migrationId}`),
      this.followProgress(`progress:${migrationId}`),
    ];
  }

  /** Opens both subscriptions. */
  start(): void {
    this.subscriptions.forEach((subscription) => subscription.start());
  }

  /** Ends them; nothing is told afterwards. */
  stop(): void {
    cancelAnimationFrame(this.frame);
    this.subscriptions.forEach((subscription) => subscription.stop());
    this.statusNames.forEach((name) => reportStatus(name, null));
  }

  private followEvents(name: string) {
    return new ResumableSubscription<MigrationEventsSubscription>({
      open: (sink) =>
        subscribeLive(
          MigrationEventsDocument,
          { migrationId: this.migrationId, afterSequence: this.resumeAfter() },
          sink,
        ),
      onData: (data) => this.takeEvents([data.migrationEvents]),
      onStatus: (status) => reportStatus(name, status),
      onRefused: () => reportStatus(name, null),
      poll: () => this.takeSnapshot(),
      onResync: () => {
        this.restart().catch(() => undefined);
      },
    });
  }

  // Without a poll of its own: that of the events brings the progress too.
  private followProgress(name: string) {
    return new ResumableSubscription<MigrationProgressSubscription>({
      open: (sink) => subscribeLive(MigrationProgressDocument, { migrationId: this.migrationId }, sink),
      onData: (data) => this.takeProgress(data.migrationProgress),
      onStatus: (status) => reportStatus(name, status),
      onRefused: () => reportStatus(name, null),
    });
  }

  private resumeAfter(): number {
    return Math.max(this.live.log.lastSequence, this.queue.at(-1)?.sequence ?? 0);
  }

  /** Polled events count only when they join on to what is known: a jump would move the resume point past events never seen. */
  private async takeSnapshot(): Promise<void> {
    const snapshot = await this.loadSnapshot();
    if (!snapshot) {
      return;
    }
    this.takeProgress(snapshot.progress);
    const oldest = snapshot.events.at(-1)?.sequence ?? 0;
    if (oldest <= this.resumeAfter() + 1) {
      this.takeEvents(snapshot.events.toReversed());
    }
  }

  /** The server's log does not join on to ours: its snapshot is the new beginning. Failing, RESYNC comes again. */
  private async restart(): Promise<void> {
    const snapshot = await this.loadSnapshot();
    if (snapshot) {
      const { events, progress } = snapshot;
      this.queue = [];
      this.live = { progress, log: restartLog(this.live.log, events.toReversed(), progress.sequence) };
      this.schedule();
    }
  }

  private takeEvents(events: readonly LogEvent[]): void {
    this.queue.push(...events);
    this.schedule();
  }

  private takeProgress(progress: MigrationProgressFieldsFragment): void {
    const known = this.live.progress;
    if (!known || progress.sequence >= known.sequence) {
      this.live = { ...this.live, progress };
      this.schedule();
    }
  }

  private schedule(): void {
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0;
      this.live = { ...this.live, log: appendEvents(this.live.log, this.queue) };
      this.queue = [];
      this.tell(this.live);
    });
  }
}
