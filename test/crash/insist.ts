const patience = 60_000;

/**
 * Repeats the work until it succeeds: what a person does who sees an error and tries again. It gives up when nothing
 * has worked for a minute; work that went well for a while before it failed, such as watching a run, starts a new one.
 */
export async function insist<T>(work: () => Promise<T>): Promise<T> {
  let failingSince: number | undefined;
  for (;;) {
    const began = Date.now();
    try {
      return await work();
    } catch (error) {
      const now = Date.now();
      failingSince = failingSince === undefined || now - began > 5_000 ? now : failingSince;
      if (now - failingSince > patience) {
        throw error;
      }
      await new Promise((resolve) => {
        setTimeout(resolve, 50);
      });
    }
  }
}
