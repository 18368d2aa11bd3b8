import type { Express, Request as ExpressRequest, Response as ExpressResponse } from "express";
import { authPath, clientAddressHeader } from "./auth-path.ts";
import type { Auth } from "./create-auth.ts";

/** Bytes. The largest real body is an address and a password. */
const bodyLimit = 16 * 1024;

/**
 * Serves sign-in at /api/auth/*. Mount it before any body parser: it reads the body itself.
 * Written out instead of better-auth's Node handler, which builds the URL from headers of the client and reads
 * bodies of any length. The caller's address is what express makes of it (its "trust proxy" setting).
 */
export function mountAuth(app: Express, auth: Auth): void {
  async function answer(request: ExpressRequest, response: ExpressResponse): Promise<void> {
    const body = await readBody(request);
    if (body === null) {
      response
        .set("connection", "close")
        .status(413)
        .json({ code: "TOO_LARGE", message: "The request is too large." });
      return;
    }
    await send(response, await auth.handle(toWebRequest(request, auth.origin, body)));
  }
  app.route(`${authPath}/*path`).get(answer).post(answer);
}

/** The whole body; null when it is over the limit. */
async function readBody(request: ExpressRequest): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    length += chunk.length;
    if (length > bodyLimit) {
      return null;
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function toWebRequest(request: ExpressRequest, origin: string, body: Buffer): Request {
  const headers = new Headers();
  for (const [name, values] of Object.entries(request.headersDistinct)) {
    for (const value of values ?? []) {
      headers.append(name, value);
    }
  }
  headers.delete(clientAddressHeader);
  if (request.ip !== undefined) {
    headers.set(clientAddressHeader, request.ip);
  }
  const hasBody = request.method !== "GET" && request.method !== "HEAD" && body.length > 0;
  // A request line may hold a whole address of any host; only its path and query are ours.
  const { pathname, search } = new URL(request.originalUrl, origin);
  return new Request(`${origin}${pathname}${search}`, {
    method: request.method,
    headers,
    body: hasBody ? new Uint8Array(body) : null,
  });
}

async function send(response: ExpressResponse, answer: Response): Promise<void> {
  response.status(answer.status);
  for (const [name, value] of answer.headers) {
    if (name !== "set-cookie") {
      response.set(name, value);
    }
  }
  for (const cookie of answer.headers.getSetCookie()) {
    response.append("set-cookie", cookie);
  }
  response.end(Buffer.from(await answer.arrayBuffer()));
}
