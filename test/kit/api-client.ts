import { createClient, type Client } from "graphql-ws";
import WebSocket from "ws";

interface GraphqlAnswer<Data> {
  data?: Data | null;
  errors?: { message: string; extensions?: { code?: string; requestId?: string } }[];
}

/** A person at the API: one session cookie, queries over HTTP, subscriptions over a socket. */
export class ApiClient {
  readonly url: string;
  readonly cookie: string;

  constructor(url: string, cookie: string) {
    this.url = url;
    this.cookie = cookie;
  }

  static async signIn(url: string, email: string, password: string): Promise<ApiClient> {
    const response = await fetch(`${url}/api/auth/sign-in/email`, {
      method: "POST",
      headers: { "Content-Type": "application/json", Origin: url },
      body: JSON.stringify({ email, password }),
    });
    if (!response.ok) {
      throw new Error(`${email} could not sign in: ${response.status} ${await response.text()}`);
    }
    const cookie = response.headers
      .getSetCookie()
      .map((header) => header.split(";")[0])
      .join("; ");
    return new ApiClient(url, cookie);
  }

  /** The raw answer, errors included. */
  async ask<Data>(query: string, variables: Record<string, unknown> = {}): Promise<GraphqlAnswer<Data>> {
    const response = await this.fetch("/graphql", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ query, variables }),
    });
    return (await response.json()) as GraphqlAnswer<Data>;
  }

  /** The data; throws on any error. */
  async query<Data>(query: string, variables: Record<string, unknown> = {}): Promise<Data> {
    const { data, errors } = await this.ask<Data>(query, variables);
    if (errors !== undefined || data == null) {
      throw new Error(`GraphQL: ${JSON.stringify(errors)}`);
    }
    return data;
  }

  fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    headers.set("Cookie", this.cookie);
    headers.set("Origin", this.url);
    return fetch(`${this.url}${path}`, { ...init, headers });
  }

  /** Uploads a file for a site, or for a product, as the page does; the raw response. */
  upload(
    place: string | { productId: string },
    content: string | Uint8Array,
    options: { fileKind?: string; fileName?: string } = {},
  ): Promise<Response> {
    const form = new FormData();
    if (typeof place === "string") {
      form.set("siteId", place);
    } else {
      form.set("productId", place.productId);
    }
    if (options.fileKind !== undefined) {
      form.set("fileKind", options.fileKind);
    }
    form.set(
      "file",
      new Blob([typeof content === "string" ? content : new Uint8Array(content)], { type: "text/csv" }),
      options.fileName ?? "customers.csv",
    );
    return this.fetch("/api/imports", { method: "POST", body: form });
  }

  /** A socket client that never retries by itself: tests decide when to come back. */
  socket(): Client {
    const { cookie, url } = this;
    class CookieSocket extends WebSocket {
      constructor(address: string, protocols?: string | string[]) {
        super(address, protocols, { headers: { Cookie: cookie, Origin: url } });
      }
    }
    return createClient({
      url: `${url.replace("http", "ws")}/graphql`,
      webSocketImpl: CookieSocket,
      retryAttempts: 0,
      lazy: true,
    });
  }
}
