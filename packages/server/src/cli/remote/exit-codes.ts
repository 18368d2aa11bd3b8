/** What a command's end means to the script that called it. docs/cli.md has the same table. */
export const exitCodes = {
  done: 0,
  failed: 1,
  wrongUsage: 2,
  refused: 3,
  attention: 4,
  proofFailed: 5,
  unreachable: 6,
  notFound: 7,
  checksFailed: 8,
  /** What a shell shows for a program that SIGPIPE ended. */
  brokenPipe: 141,
} as const;

/** One of the numbers above. */
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** Ends a command: a closed code and words for people, and the number the program ends with. */
export class CliError extends Error {
  readonly exitCode: ExitCode;
  readonly code: string;
  readonly whoCanGrant: readonly string[];
  readonly requestId: string | undefined;

  constructor(
    exitCode: ExitCode,
    code: string,
    message: string,
    more: { whoCanGrant?: readonly string[]; requestId?: string } = {},
  ) {
    super(message);
    this.exitCode = exitCode;
    this.code = code;
    this.whoCanGrant = more.whoCanGrant ?? [];
    this.requestId = more.requestId;
  }
}

/** Wrong words on the command line. */
export function wrongUsage(message: string): CliError {
  return new CliError(exitCodes.wrongUsage, "WRONG_USAGE", message);
}

/** Nothing of this name is there for the token; the same for what belongs to others. */
export function notThere(message: string): CliError {
  return new CliError(exitCodes.notFound, "NOT_FOUND", message);
}
