/** Codes that pages and programs may switch on. */
export type RecoveryCode =
  | "ALREADY_ASKED"
  | "BAD_INPUT"
  | "BUSY"
  | "CODE_NEEDED"
  | "EMAIL_TAKEN"
  | "FORBIDDEN"
  | "HAND_OVER"
  | "LINK_DEAD"
  | "MANAGED"
  | "NOT_CLOSABLE"
  | "PASSWORD_REFUSED"
  | "TOO_MANY"
  | "UNAUTHENTICATED"
  | "WRONG_PASSWORD";

const statuses: Record<RecoveryCode, number> = {
  ALREADY_ASKED: 409,
  BAD_INPUT: 400,
  BUSY: 503,
  CODE_NEEDED: 400,
  EMAIL_TAKEN: 409,
  FORBIDDEN: 403,
  HAND_OVER: 409,
  LINK_DEAD: 410,
  MANAGED: 403,
  NOT_CLOSABLE: 403,
  PASSWORD_REFUSED: 400,
  TOO_MANY: 429,
  UNAUTHENTICATED: 401,
  WRONG_PASSWORD: 400,
};

/** Why a request was not carried out. `field` names the input at fault, `whoCanGrant` the people who could allow it. */
export class RecoveryFault extends Error {
  readonly code: RecoveryCode;
  readonly field: string | null;
  readonly whoCanGrant: readonly string[];
  /** Seconds until it is worth another try. */
  readonly retryAfter: number | null;

  constructor(
    code: RecoveryCode,
    message: string,
    options: { field?: string; whoCanGrant?: readonly string[]; retryAfter?: number } = {},
  ) {
    super(message);
    this.name = "RecoveryFault";
    this.code = code;
    this.field = options.field ?? null;
    this.whoCanGrant = options.whoCanGrant ?? [];
    this.retryAfter = options.retryAfter ?? null;
  }

  /** HTTP status. */
  get status(): number {
    return statuses[this.code];
  }
}

/** A link that is wrong, used, replaced by a newer one or too old: all alike, so that guessing tells nothing. */
export function deadLink(): RecoveryFault {
  return new RecoveryFault(
    "LINK_DEAD",
    "This link does not work any more. A link works once, for a short time, and only until a newer one is sent.",
  );
}
