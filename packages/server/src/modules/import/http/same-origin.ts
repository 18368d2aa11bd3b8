import type { Request } from "express";
import { UploadFault } from "./answer.ts";

/**
 * Refuses a request that another site's page could have made the browser send with this person's cookie: a form
 * can send multipart anywhere, but it cannot set a header of its own, nor pretend to come from here.
 * @param allowedOrigins public origins of this application, such as `https://rehome.example.com`
 * @throws UploadFault
 */
export function requireSameOrigin(request: Request, allowedOrigins: readonly string[]): void {
  if ((request.get("apollo-require-preflight") ?? "") !== "") {
    return;
  }
  if (request.get("sec-fetch-site") === "same-origin") {
    return;
  }
  const from = request.get("origin");
  if (from !== undefined && allowedOrigins.includes(from)) {
    return;
  }
  throw new UploadFault(
    "FORBIDDEN",
    "This request does not come from this application's pages. Programs send the header apollo-require-preflight: 1.",
  );
}
