import type { StatementRunner } from "../../platform/database/statement.ts";
import { Counter, Gauge, type Registry } from "../../platform/metrics.ts";
import { measureMailStatement, type MailMeasures } from "./sql/measure-mail.ts";

/** One scrape asks every gauge in turn; they share one reading. */
const sharedFor = 1_000;

/**
 * Adds the metrics of mail: the attempts of this process, and at each scrape the outbox as the database has it. Returns
 * what the dispatcher tells its outcomes to.
 */
export function measureMail(registry: Registry, fork: () => StatementRunner): (kind: string) => void {
  const registers = [registry];
  const attempts = new Counter({
    name: "rehome_mail_attempts_total",
    help: "Attempts of this process to send a mail, by outcome: sent, deferred, bounced, uncertain, or trouble with the server.",
    labelNames: ["outcome"],
    registers,
  });
  for (const outcome of ["sent", "deferred", "bounced", "uncertain", "trouble"]) {
    attempts.inc({ outcome }, 0);
  }
  let reading: { at: number; measures: Promise<MailMeasures | undefined> } | undefined;
  const read = (): Promise<MailMeasures | undefined> => {
    const now = performance.now();
    if (reading === undefined || now - reading.at > sharedFor) {
      const measures = measureMailStatement.run(fork()).then(
        ([row]) => row,
        () => undefined,
      );
      reading = { at: now, measures };
    }
    return reading.measures;
  };
  new Gauge({
    name: "rehome_mail_waiting",
    help: "Mail not sent yet: queued, uncertain (tried once more), or held until a person decides.",
    labelNames: ["state"],
    registers,
    async collect() {
      const measures = await read();
      for (const state of ["queued", "uncertain", "held"] as const) {
        this.set({ state }, measures?.[state] ?? Number.NaN);
      }
    },
  });
  const plain: [string, string, (measures: MailMeasures) => number][] = [
    [
      "rehome_mail_oldest_seconds",
      "Since the oldest mail that waits and is not held was queued.",
      (m) => m.oldest,
    ],
    ["rehome_mail_servers_troubled", "Mail servers that cannot be used at the moment.", (m) => m.troubled],
  ];
  for (const [name, help, pick] of plain) {
    new Gauge({
      name,
      help,
      registers,
      async collect() {
        const measures = await read();
        this.set(measures === undefined ? Number.NaN : pick(measures));
      },
    });
  }
  return (outcome) => attempts.inc({ outcome });
}
