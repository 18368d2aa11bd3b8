import type { GraphiQL } from "graphiql";
import { getIntrospectionQuery, getOperationAST, parse } from "graphql";
import { createClient, type Client } from "graphql-ws";
import type { ComponentProps } from "react";

type Fetcher = ComponentProps<typeof GraphiQL>["fetcher"];

let socket: Client | null = null;

function liveSocket(): Client {
  socket ??= createClient({
    url: `${window.location.protocol === "https:" ? "wss" : "ws"}://${window.location.host}/graphql`,
    lazy: true,
    retryAttempts: 0,
    connectionParams: { explorer: true },
  });
  return socket;
}

/** Runs the explorer's operations with the reader's session: subscriptions over the socket, the rest over HTTP. */
export const fetchFromApi: Fetcher = (params, options) => {
  const { query, operationName } = params;
  const request = { query, operationName, variables: asRecord(params.variables) };
  const operation = getOperationAST(options?.documentAST ?? parse(query), operationName ?? undefined);
  if (operation?.operation === "subscription") {
    // The two packages describe one and the same result, formatted and not.
    return liveSocket().iterate(request) as ReturnType<Fetcher>;
  }
  if (operationName === "IntrospectionQuery") {
    return postOperation({ ...request, query: shallowIntrospection }, options?.headers);
  }
  return postOperation(request, options?.headers);
};

// GraphiQL asks nine type wrappers deep, past the server's limit of levels; the deepest here are three.
const shallowIntrospection = getIntrospectionQuery({ typeDepth: 4 });

async function postOperation(request: object, headers: Record<string, unknown> | undefined): Promise<object> {
  const response = await fetch("/graphql", {
    method: "POST",
    credentials: "same-origin",
    headers: {
      "content-type": "application/json",
      "apollo-require-preflight": "1",
      // Where only the application's own operations are answered, admins may write others here.
      "x-rehome-explorer": "1",
      ...(headers as Record<string, string> | undefined),
    },
    body: JSON.stringify(request),
  });
  try {
    return (await response.json()) as object;
  } catch {
    return { errors: [{ message: `The server answered ${response.status} without JSON.` }] };
  }
}

function asRecord(value: unknown): Record<string, unknown> | undefined {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;
}
