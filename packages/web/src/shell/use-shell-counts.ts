import { useApolloClient } from "@apollo/client/react";
import { useLiveCount } from "../shared/live/use-live-count.ts";
import { AttentionCountDocument, GroupReviewsDocument, LiveCountsDocument } from "./live-counts.generated.ts";

/** The numbers beside the navigation; null while they are not known. */
export interface ShellCounts {
  attention: number | null;
  groups: number | null;
}

/** Follows open attention and groups waiting for review in one organization. */
export function useShellCounts(organizationId: string | null): ShellCounts {
  const client = useApolloClient();
  const variables = organizationId ? { organizationId } : null;
  const poll = async () => {
    if (!organizationId) {
      return null;
    }
    const { data } = await client.query({
      query: LiveCountsDocument,
      variables: { organizationId },
      fetchPolicy: "network-only",
    });
    return data ?? null;
  };
  const attention = useLiveCount(
    "attention",
    AttentionCountDocument,
    variables,
    (data) => data.attentionCount,
    async () => (await poll())?.myWork.openAttention ?? null,
  );
  const groups = useLiveCount(
    "groups",
    GroupReviewsDocument,
    variables,
    (data) => data.groupReviews,
    async () => (await poll())?.importedGroups.length ?? null,
  );
  return { attention, groups };
}
