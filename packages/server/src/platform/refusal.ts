/** Why a mutation was refused: an expected answer, not a fault. Codes are closed; clients may switch on them. */
export const refusalCodes = [
  "NOT_PERMITTED",
  "INVALID_INPUT",
  "INVALID_STATE",
  "ALREADY_DONE",
  "ALREADY_EXISTS",
  "STALE_PLAN",
  "CHECKS_FAILED",
  "CONFIRMATION_MISMATCH",
  "TOO_MANY",
] as const;
export type RefusalCode = (typeof refusalCodes)[number];

/** A refused action. `message` says what and how to go on; `whoCanGrant` names people or roles; `field` the input at fault. */
export class Refused {
  readonly code: RefusalCode;
  readonly message: string;
  readonly field: string | null;
  readonly whoCanGrant: string[];

  constructor(code: RefusalCode, message: string, options: { field?: string; whoCanGrant?: string[] } = {}) {
    this.code = code;
    this.message = message;
    this.field = options.field ?? null;
    this.whoCanGrant = options.whoCanGrant ?? [];
  }
}

/** True when a service answered with a refusal instead of its result. */
export function isRefused(value: unknown): value is Refused {
  return value instanceof Refused;
}

/**
 * Thrown inside a transaction to undo it and still answer with the refusal;
 * `orRefused` at the edge of the service turns it back into a value.
 */
export class RefusedError extends Error {
  readonly refusal: Refused;
  constructor(refusal: Refused) {
    super(refusal.message);
    this.refusal = refusal;
  }
}

/** Throws the refusal so that the open transaction rolls back. */
export function refuse(
  code: RefusalCode,
  message: string,
  options: { field?: string; whoCanGrant?: string[] } = {},
): never {
  throw new RefusedError(new Refused(code, message, options));
}

/** Runs the work; a RefusedError becomes its refusal, any other error passes. */
export async function orRefused<T>(work: () => Promise<T>): Promise<T | Refused> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof RefusedError) {
      return error.refusal;
    }
    throw error;
  }
}
