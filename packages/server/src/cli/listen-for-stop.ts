/** One stop from a terminal arrives more than once: from the terminal itself and from the starter that hands it on. */
const sameStopWithin = 3_000;

/** Resolves at SIGTERM or SIGINT. A further one after three seconds no longer waits for what is under way. */
export function listenForStop(): Promise<void> {
  return new Promise<void>((resolve) => {
    let toldAt: number | undefined;
    const onSignal = (): void => {
      if (toldAt === undefined) {
        toldAt = Date.now();
        resolve();
      } else if (Date.now() - toldAt > sameStopWithin) {
        process.exit(1);
      }
    };
    process.on("SIGTERM", onSignal);
    process.on("SIGINT", onSignal);
  });
}
