import { exitCodes, type ExitCode } from "./exit-codes.ts";
import { formatCount, type Output } from "./output.ts";

/** A migration as it stands when its end is judged. */
export interface Standing {
  name: string;
  state: string;
  failure: string | null;
  lastResult: string | null;
  progress: {
    sequence: number;
    total: number;
    processed: number;
    successful: number;
    requiresAttention: number;
    openAttention: number;
    notCopied: number;
    failed: number;
  };
  accessProof: { lost: number; gained: number; unexplained: number } | null;
}

/** Tells how the run ended; the exit code says it to the script. */
export function tellResult(output: Output, standing: Standing): ExitCode {
  const { name, state, failure, lastResult, progress, accessProof } = standing;
  const exitCode = judge(standing);
  const { sequence: _sequence, ...counts } = progress;
  output.tell(
    { type: "result", migration: name, state, exitCode, failure, ...counts, accessProof },
    `${name}: ${lastResult ?? state.toLowerCase().replaceAll("_", " ")}`,
    `${formatCount(counts.processed)} of ${formatCount(counts.total)} people: ` +
      `${formatCount(counts.successful)} successful, ${formatCount(counts.requiresAttention)} require attention ` +
      `(${formatCount(counts.openAttention)} open), ${formatCount(counts.failed)} failed.`,
    ...(failure === null ? [] : [failure]),
    ...(accessProof === null
      ? []
      : [
          `Access: ${formatCount(accessProof.gained)} gained, ${formatCount(accessProof.lost)} lost, ` +
            `${formatCount(accessProof.unexplained)} that nothing explains.`,
        ]),
  );
  return exitCode;
}

function judge({ state, accessProof, progress }: Standing): ExitCode {
  if (state === "FAILED" || state === "CANCELLED") {
    return exitCodes.failed;
  }
  if ((accessProof?.unexplained ?? 0) > 0) {
    return exitCodes.proofFailed;
  }
  return progress.openAttention > 0 ? exitCodes.attention : exitCodes.done;
}
