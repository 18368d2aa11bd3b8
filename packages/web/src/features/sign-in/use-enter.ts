import { useApolloClient } from "@apollo/client/react";
import { useRouter } from "@tanstack/react-router";

/** Opens the page that was asked for, with nothing of an earlier session left in the cache. */
export function useEnter(to: string | undefined): () => Promise<void> {
  const router = useRouter();
  const client = useApolloClient();
  return async () => {
    await client.clearStore();
    router.history.push(to ?? "/");
  };
}
