import { useApolloClient } from "@apollo/client/react";
import { Button } from "@mantine/core";
import { useEffect, useEffectEvent } from "react";
import { useLiveCount } from "../../shared/live/use-live-count.ts";
import { formatCount } from "../../shared/number-format.ts";
import { useOrganization } from "../../shared/viewer.tsx";
import { GroupReviewsDocument } from "../../shell/live-counts.generated.ts";
import { Notice } from "../../ui/notice.tsx";
import { GroupsToReviewDocument } from "./groups.generated.ts";

/** Groups waiting for review in the organization, live; null while not known. `name` tells the followers apart. */
function useGroupReviewCount(name: string): number | null {
  const client = useApolloClient();
  const { id } = useOrganization();
  return useLiveCount(
    name,
    GroupReviewsDocument,
    { organizationId: id },
    (data) => data.groupReviews,
    async () => {
      const { data } = await client.query({
        query: GroupsToReviewDocument,
        variables: { organizationId: id },
        fetchPolicy: "network-only",
      });
      return data?.importedGroups.filter((group) => group.pendingCount > 0).length ?? null;
    },
  );
}

/** Offers a refresh when another number of groups waits than the list shows; rows never move by themselves. */
export function GroupListChanges(props: { shown: number | undefined; onRefresh: () => void }) {
  const live = useGroupReviewCount("group list");
  if (live === null || props.shown === undefined || live === props.shown) {
    return null;
  }
  return (
    <Notice
      tone="info"
      live
      title={`The list changed: ${live === 1 ? "1 group waits" : `${formatCount(live)} groups wait`} now.`}
      actions={
        <Button size="compact-sm" variant="default" onClick={props.onRefresh}>
          Refresh
        </Button>
      }
    />
  );
}

/** Runs `onChange` when the number of waiting groups changes: somebody decided, or a migration made a group. */
export function useGroupReviewChanges(onChange: () => void): void {
  const live = useGroupReviewCount("group review");
  const tell = useEffectEvent(onChange);
  useEffect(
    function followDecisions() {
      if (live !== null) {
        tell();
      }
    },
    [live],
  );
}
