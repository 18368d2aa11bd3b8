import type { ErrorRequestHandler, Express } from "express";
import type { Logger } from "../logging.ts";
import { currentRequestId } from "./request-id.ts";

/**
 * What nothing else answered, and what went wrong on the way. Mounted last, in place of the framework's own answers,
 * which come with a policy of their own and, in development, with the stack.
 */
export function answerTheRest(app: Express, logger: Logger): void {
  app.use((_request, response) => {
    response.status(404).json({ error: { code: "NOT_FOUND", message: "There is nothing at this address." } });
  });
  const onError: ErrorRequestHandler = (error: unknown, _request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const { status, expose, message } = error as { status?: unknown; expose?: unknown; message?: unknown };
    // What body parsers and file serving refuse is the caller's fault and says so.
    if (typeof status === "number" && status < 500 && expose === true) {
      response.status(status).json({ error: { code: "BAD_REQUEST", message: String(message) } });
      return;
    }
    const requestId = currentRequestId();
    logger.error({ err: error, requestId }, "bug in a route");
    response.status(500).json({
      error: {
        code: "INTERNAL",
        message: `Something went wrong on our side. Tell support this request id: ${requestId}`,
      },
    });
  };
  app.use(onError);
}
