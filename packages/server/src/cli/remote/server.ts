import { setTimeout as sleep } from "node:timers/promises";
import { CliError, exitCodes } from "./exit-codes.ts";

interface GraphqlError {
  message: string;
  extensions?: { code?: string; requestId?: string };
}

interface Refusal {
  __typename: "Refused";
  code: string;
  message: string;
  whoCanGrant?: string[];
}

/** Seconds before the second, third and fourth try of a request whose connection failed. */
const retryDelays = [0.3, 1, 3];

/** The server as a token sees it. */
export class RemoteServer {
  readonly url: string;
  readonly token: string;

  constructor(url: string, token: string) {
    this.url = url;
    this.token = token;
  }

  /**
   * Asks a query or mutation. A request whose connection fails is sent again: mutations carry a key that makes the
   * repeat harmless.
   * @throws CliError in words for an error of the server, and when it cannot be reached
   */
  async ask<Data>(query: string, variables: Record<string, unknown> = {}): Promise<Data> {
    const response = await this.#sendPatiently(() =>
      this.fetch("/graphql", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ query, variables }),
      }),
    );
    const answer = (await readJson(response)) as { data?: Data | null; errors?: GraphqlError[] };
    const [error] = answer.errors ?? [];
    if (error !== undefined || answer.data == null) {
      throw toCliError(error ?? { message: `The server answered ${response.status} without data.` });
    }
    return answer.data;
  }

  /** A mutation whose only field answers `Result` or a refusal. @throws CliError with exit code 3 for a refusal */
  async change<Result extends object>(field: string, selection: string, input: object): Promise<Result> {
    const type = `${field.charAt(0).toUpperCase()}${field.slice(1)}Input`;
    const data = await this.ask<Record<string, Result | Refusal>>(
      `mutation Cli($input: ${type}!) {
         ${field}(input: $input) { __typename ... on Refused { code message whoCanGrant } ${selection} }
       }`,
      { input },
    );
    const answer = data[field];
    if (answer === undefined || isRefusal(answer)) {
      throw new CliError(exitCodes.refused, answer?.code ?? "REFUSED", answer?.message ?? "Refused.", {
        whoCanGrant: answer?.whoCanGrant,
      });
    }
    return answer;
  }

  /** One request with the token. @throws CliError when the server cannot be reached or knows no such token */
  async fetch(path: string, init: RequestInit & { duplex?: "half" } = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    headers.set("Authorization", `Bearer ${this.token}`);
    headers.set("apollo-require-preflight", "1");
    let response: Response;
    try {
      response = await fetch(`${this.url}${path}`, { ...init, headers, redirect: "error" });
    } catch (error) {
      throw new UnreachableError(this.url, error);
    }
    if (response.status === 401 || response.status === 429) {
      throw toCliError(await readProblem(response));
    }
    return response;
  }

  async #sendPatiently(send: () => Promise<Response>): Promise<Response> {
    for (const delay of retryDelays) {
      try {
        return await send();
      } catch (error) {
        if (!(error instanceof UnreachableError)) {
          throw error;
        }
        await sleep(delay * 1000);
      }
    }
    return send();
  }
}

/** The server did not answer; the request may be sent again. */
export class UnreachableError extends CliError {
  constructor(url: string, cause: unknown) {
    super(exitCodes.unreachable, "NOT_REACHABLE", `${url} cannot be reached: ${describe(cause)}.`);
  }
}

/** `{ error: { code, message } }` or `{ errors: [...] }` of an answer that is no success. */
export async function readProblem(response: Response): Promise<GraphqlError> {
  const body = (await readJson(response)) as {
    error?: { code?: string; message?: string };
    errors?: GraphqlError[];
  };
  const [first] = body.errors ?? [];
  return (
    first ?? {
      message: body.error?.message ?? `The server answered ${response.status}.`,
      extensions: { code: body.error?.code },
    }
  );
}

/** An error of the server with the exit code it stands for. */
export function toCliError({ message, extensions }: GraphqlError): CliError {
  const code = extensions?.code ?? "FAILED";
  const exit: Record<string, CliError["exitCode"]> = {
    UNAUTHENTICATED: exitCodes.unreachable,
    RATE_LIMITED: exitCodes.unreachable,
    FORBIDDEN: exitCodes.refused,
    NOT_FOUND: exitCodes.notFound,
  };
  return new CliError(exit[code] ?? exitCodes.failed, code, message, { requestId: extensions?.requestId });
}

async function readJson(response: Response): Promise<unknown> {
  try {
    return (await response.json()) as unknown;
  } catch {
    throw new CliError(
      exitCodes.unreachable,
      "NOT_REACHABLE",
      `${new URL(response.url).origin} answered ${response.status} with something else than JSON. Is REHOME_URL right?`,
    );
  }
}

function isRefusal(answer: object): answer is Refusal {
  return "__typename" in answer && answer.__typename === "Refused";
}

/** fetch says "fetch failed" and keeps the reason in the cause. */
function describe(error: unknown): string {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  return cause instanceof Error ? cause.message || String((cause as { code?: string }).code) : String(cause);
}
