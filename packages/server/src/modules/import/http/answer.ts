import type { Response } from "express";

/** Codes of a refused upload besides those of the file itself (FileRejection). */
export type UploadErrorCode =
  | "UNAUTHENTICATED"
  | "FORBIDDEN"
  | "BAD_INPUT"
  | "NOT_FOUND"
  | "GONE"
  | "RATE_LIMITED"
  | "INTERNAL";

const statuses: Record<UploadErrorCode, number> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  BAD_INPUT: 400,
  NOT_FOUND: 404,
  GONE: 410,
  RATE_LIMITED: 429,
  INTERNAL: 500,
};

/** A request that is refused before a file was received. */
export class UploadFault extends Error {
  readonly code: UploadErrorCode;

  constructor(code: UploadErrorCode, message: string) {
    super(message);
    this.name = "UploadFault";
    this.code = code;
  }
}

/** The one answer for a missing thing and for one of another organization. */
export function nothingVisible(): UploadFault {
  return new UploadFault("NOT_FOUND", "Nothing with this id is visible to you.");
}

/** Sends the fault as `{ error: { code, message } }` with its status. */
export function sendFault(response: Response, fault: UploadFault): void {
  if (response.headersSent || response.destroyed) {
    return;
  }
  const { code, message } = fault;
  response.status(statuses[code]).json({ error: { code, message } });
}
