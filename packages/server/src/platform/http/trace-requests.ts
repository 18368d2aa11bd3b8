import type { RequestHandler } from "express";
import { inSpan, isTracing } from "../tracing.ts";

/** A span per request, around everything that answers it. Its name is the method and the first part of the path. */
export function traceRequests(): RequestHandler {
  return (request, response, next) => {
    if (!isTracing()) {
      next();
      return;
    }
    const [, first = ""] = request.path.split("/");
    const attributes = { "http.request.method": request.method, "url.path": `/${first}` };
    void inSpan(`${request.method} /${first}`, attributes, async () => {
      const closed = new Promise((resolve) => {
        response.once("close", resolve);
      });
      next();
      await closed;
    });
  };
}
