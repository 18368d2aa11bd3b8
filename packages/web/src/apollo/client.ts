import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from "@apollo/client";
import { ErrorLink } from "@apollo/client/link/error";
import { describeFailure } from "./errors.ts";

type SignedOutListener = () => void;
let onSignedOut: SignedOutListener = () => undefined;

/** Registers what happens when the server says the session is gone; the router sends to the sign-in page. */
export function setSignedOutListener(listener: SignedOutListener): void {
  onSignedOut = listener;
}

const errorLink = new ErrorLink(({ error }) => {
  if (describeFailure(error).code === "UNAUTHENTICATED") {
    onSignedOut();
  }
});

const httpLink = new HttpLink({
  uri: "/graphql",
  credentials: "same-origin",
  // Apollo Server refuses simple cross-site requests that lack it.
  headers: { "apollo-require-preflight": "1" },
});

/** One client for the page. Long lists are read with `no-cache`, so the cache holds single objects only. */
export const apolloClient = new ApolloClient({
  link: ApolloLink.from([errorLink, httpLink]),
  cache: new InMemoryCache({
    typePolicies: {
      Viewer: { keyFields: [] },
      MyWork: { keyFields: [] },
      MigrationProgress: { keyFields: ["migrationId"] },
      Migration: { fields: { plan: { merge: true } } },
      Site: { fields: { counts: { merge: true } } },
      ImportedGroup: { fields: { gains: { merge: true } } },
    },
  }),
  defaultOptions: {
    // Shows what is known at once and asks the server again: old data is never blanked.
    watchQuery: { fetchPolicy: "cache-and-network", nextFetchPolicy: "cache-first" },
  },
});
