/** What happens at an armed crashpoint: the process ends as by kill -9, or stops until somebody continues it. */
export type CrashAction = "kill" | "stop";

/** A crashpoint that a test armed. */
export interface ArmedCrashpoint {
  label: string;
  /** Which passing of the point counts, from 1. */
  hit: number;
  action: CrashAction;
}

let armed: ArmedCrashpoint | undefined;
let passed = 0;
let recorded: Set<string> | undefined;

/** Arms one crashpoint of this process, or none. Production configuration never does. */
export function armCrashpoint(next: ArmedCrashpoint | undefined): void {
  armed = next;
  passed = 0;
}

/** Collects the labels this process passes, for the test that every label is reached. */
export function recordCrashpoints(into: Set<string> | undefined): void {
  recorded = into;
}

/**
 * A place where a killed process would leave the least pleasant half: between a write and its neighbour, before a
 * commit, after it. Costs one comparison unless a test armed it.
 */
export function crashpoint(label: string): void {
  recorded?.add(label);
  if (armed === undefined || armed.label !== label) {
    return;
  }
  passed += 1;
  if (passed === armed.hit) {
    process.kill(process.pid, armed.action === "kill" ? "SIGKILL" : "SIGSTOP");
    // The signal may be handled a moment later than this line: nothing more may happen in between.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2_000);
  }
}
