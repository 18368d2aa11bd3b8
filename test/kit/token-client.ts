import { createClient, type Client } from "graphql-ws";
import WebSocket from "ws";
import { ApiClient } from "./api-client.ts";

/** A program at the API: an API token instead of a session, no browser's headers. */
export class TokenClient extends ApiClient {
  readonly token: string;

  constructor(url: string, token: string) {
    super(url, "");
    this.token = token;
  }

  override fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    headers.set("Authorization", `Bearer ${this.token}`);
    headers.set("apollo-require-preflight", "1");
    return fetch(`${this.url}${path}`, { ...init, headers });
  }

  /** With the token in the upgrade's header. */
  override socket(): Client {
    const { token } = this;
    class TokenSocket extends WebSocket {
      constructor(address: string, protocols?: string | string[]) {
        super(address, protocols, { headers: { Authorization: `Bearer ${token}` } });
      }
    }
    return this.#open(TokenSocket);
  }

  /** With the token in connection_init, as programs do that cannot set headers. */
  introducedSocket(payload: Record<string, unknown> = { authorization: `Bearer ${this.token}` }): Client {
    return this.#open(WebSocket, payload);
  }

  #open(webSocketImpl: unknown, connectionParams?: Record<string, unknown>): Client {
    return createClient({
      url: `${this.url.replace("http", "ws")}/graphql`,
      webSocketImpl,
      connectionParams,
      retryAttempts: 0,
      lazy: true,
    });
  }
}

interface Wish {
  name?: string;
  scope?: "READ" | "MIGRATE";
  days?: number;
  organizationId?: string;
  idempotencyKey?: string;
}

/** What createApiToken answers. */
export interface TokenAnswer {
  __typename: string;
  code?: string;
  message?: string;
  whoCanGrant?: string[];
  secret?: string | null;
  token?: { id: string; name: string; hint: string; scope: string; expiresAt: string };
}

/** Asks for a token; the answer, refused or not. */
export async function askForToken(client: ApiClient, wish: Wish = {}): Promise<TokenAnswer> {
  const { createApiToken } = await client.query<{ createApiToken: TokenAnswer }>(
    `mutation Create($input: CreateApiTokenInput!) {
       createApiToken(input: $input) {
         __typename ... on Refused { code message whoCanGrant }
         ... on NewApiTokenResult { secret token { id name hint scope expiresAt } }
       }
     }`,
    { input: { name: "nightly", scope: "MIGRATE", days: 30, ...wish } },
  );
  return createApiToken;
}

/** A token of this person, and a client that asks with it. */
export async function makeToken(
  owner: ApiClient,
  wish: Wish = {},
): Promise<{ id: string; secret: string; client: TokenClient }> {
  const { secret, token, message } = await askForToken(owner, wish);
  if (secret == null || token === undefined) {
    throw new Error(`No token: ${message}`);
  }
  return { id: token.id, secret, client: new TokenClient(owner.url, secret) };
}

/** A service account that is an organization admin; its id. */
export async function makeServiceAccount(owner: ApiClient, organizationId: string): Promise<string> {
  const { createServiceAccount } = await owner.query<{
    createServiceAccount: { serviceAccount: { id: string } };
  }>(
    `mutation Create($input: CreateServiceAccountInput!) {
       createServiceAccount(input: $input) { ... on ServiceAccountAnswer { serviceAccount { id } } }
     }`,
    { input: { organizationId, name: "Nightly import", siteIds: [] } },
  );
  return createServiceAccount.serviceAccount.id;
}

/** Revokes; the answer, refused or not. */
export async function revokeToken(
  client: ApiClient,
  tokenId: string,
): Promise<{ __typename: string; code?: string }> {
  const { revokeApiToken } = await client.query<{ revokeApiToken: { __typename: string; code?: string } }>(
    `mutation Revoke($id: ID!) {
       revokeApiToken(input: { tokenId: $id }) { __typename ... on Refused { code } }
     }`,
    { id: tokenId },
  );
  return revokeApiToken;
}
