import { evidenceKeyCommand, verifyEvidenceCommand } from "./evidence.ts";
import { backupCommand, restoreCommand, restoredCommand } from "./backup.ts";
import { seedCommand } from "./seed.ts";
import { migrateCommand } from "./migrate.ts";
import { samplesCommand } from "./samples.ts";
import { serveCommand } from "./serve.ts";
import { verifyInvariantsCommand } from "./verify-invariants.ts";
import { workerCommand } from "./worker.ts";

interface Command {
  summary: string;
  run: (argumentsAfter: string[]) => Promise<number>;
}

const commands: Record<string, Command> = {
  serve: { summary: "serve the product (the default)", run: serveCommand },
  worker: { summary: "plan and run migrations for the servers of a database", run: workerCommand },
  migrate: { summary: "bring the database schema up to date and exit", run: migrateCommand },
  seed: { summary: "fill an empty database with the demo organizations: --customers N", run: seedCommand },
  "evidence-key": { summary: "print the public key that signs evidence packs", run: evidenceKeyCommand },
  "verify-evidence": {
    summary: "check an evidence pack offline: FILE [--key PUBLICKEY]",
    run: verifyEvidenceCommand,
  },
  samples: { summary: "write the sample files of the tour: --to FOLDER", run: samplesCommand },
  backup: { summary: "write the whole database to a file, while serving: FILE", run: backupCommand },
  restore: { summary: "bring a backup into an empty database: FILE", run: restoreCommand },
  restored: { summary: "end sessions and pause runs after a data folder was put back", run: restoredCommand },
  "verify-invariants": {
    summary: "check what must always hold; exit code 1 names what does not",
    run: verifyInvariantsCommand,
  },
};

/** Runs `rehome <command>`. Exit codes: 0 done, 1 failed, 2 wrong usage. */
export async function runCommand(words: string[]): Promise<number> {
  const [name = "serve", ...rest] = words;
  const command = commands[name];
  if (command === undefined || rest.includes("--help")) {
    printUsage();
    return name === "--help" || name === "help" || rest.includes("--help") ? 0 : 2;
  }
  try {
    return await command.run(rest);
  } catch (error) {
    process.stderr.write(`rehome ${name}: ${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
}

function printUsage(): void {
  const lines = Object.entries(commands).map(([name, { summary }]) => `  ${name.padEnd(19)}${summary}`);
  process.stdout.write(`Usage: rehome <command>\n\n${lines.join("\n")}\n`);
}
