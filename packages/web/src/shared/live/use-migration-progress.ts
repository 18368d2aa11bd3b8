import { useEffect, useState } from "react";
import { reportStatus } from "./connection-status.ts";
import { subscribeLive } from "./live-socket.ts";
import {
  MigrationProgressDocument,
  type MigrationProgressFieldsFragment,
  type MigrationProgressSubscription,
} from "./migration-live.generated.ts";
import { ResumableSubscription } from "./resumable-subscription.ts";

const movingStates = new Set(["CHECKING", "RUNNING", "VERIFYING", "UNDOING"]);

/** True while the server works on a migration, so that its numbers change by themselves. */
export function isMoving(state: string): boolean {
  return movingStates.has(state);
}

/** Progress of one row of a list: the snapshot the list came with, kept fresh while the migration moves. */
export function useMigrationProgress(
  snapshot: MigrationProgressFieldsFragment,
): MigrationProgressFieldsFragment {
  const [newest, setNewest] = useState(snapshot);
  const { migrationId } = snapshot;
  const current =
    newest.migrationId === migrationId && newest.sequence >= snapshot.sequence ? newest : snapshot;
  const follow = isMoving(current.state);
  useEffect(
    function followProgress() {
      if (!follow) {
        return undefined;
      }
      let frame = 0;
      let latest: MigrationProgressFieldsFragment | null = null;
      const subscription = new ResumableSubscription<MigrationProgressSubscription>({
        open: (sink) => subscribeLive(MigrationProgressDocument, { migrationId }, sink),
        onData: (data) => {
          latest = data.migrationProgress;
          frame ||= requestAnimationFrame(() => {
            frame = 0;
            if (latest) {
              setNewest(latest);
            }
          });
        },
        onStatus: (status) => reportStatus(`row:${migrationId}`, status),
        // A list is fetched again by its page; a row alone does not poll.
        onRefused: () => reportStatus(`row:${migrationId}`, null),
      });
      subscription.start();
      return () => {
        cancelAnimationFrame(frame);
        subscription.stop();
        reportStatus(`row:${migrationId}`, null);
      };
    },
    [follow, migrationId],
  );
  return current;
}
