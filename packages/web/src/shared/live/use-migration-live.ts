import { useApolloClient } from "@apollo/client/react";
import { useEffect, useState } from "react";
import { MigrationFollower, nothingYet, type MigrationLive } from "./migration-follower.ts";
import { MigrationLiveSnapshotDocument } from "./migration-live.generated.ts";

export type { MigrationLive } from "./migration-follower.ts";

/**
 * The one owner of a migration's live data. Subscribes to events after the last sequence seen, so a cut or
 * a server restart loses and repeats nothing; polls every 10 s when the socket stays away; and hands the
 * page at most one new value per animation frame.
 */
export function useMigrationLive(migrationId: string): MigrationLive {
  const client = useApolloClient();
  const [live, setLive] = useState<{ id: string; value: MigrationLive }>({
    id: migrationId,
    value: nothingYet,
  });
  useEffect(
    function followMigration() {
      const loadSnapshot = async () => {
        const { data } = await client.query({
          query: MigrationLiveSnapshotDocument,
          variables: { migrationId },
          fetchPolicy: "no-cache",
        });
        return data?.migration ?? null;
      };
      const follower = new MigrationFollower(migrationId, loadSnapshot, (value) =>
        setLive({ id: migrationId, value }),
      );
      follower.start();
      return () => follower.stop();
    },
    [client, migrationId],
  );
  // Another migration's numbers are never shown under this one's name.
  return live.id === migrationId ? live.value : nothingYet;
}
