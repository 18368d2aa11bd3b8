import { remoteCommands, runRemote } from "./remote/index.ts";

interface Command {
  summary: string;
  run: (argumentsAfter: string[]) => Promise<number>;
}

// Loaded when asked for: a client needs nothing of the server to start.
const commands: Record<string, Command> = {
  serve: {
    summary: "serve the product (the default)",
    run: async () => (await import("./serve.ts")).serveCommand(),
  },
  worker: {
    summary: "plan and run migrations for the servers of a database",
    run: async () => (await import("./worker.ts")).workerCommand(),
  },
  migrate: {
    summary: "bring the database schema up to date and exit",
    run: async () => (await import("./migrate.ts")).migrateCommand(),
  },
  seed: {
    summary: "fill an empty database with the demo organizations: --customers N",
    run: async (words) => (await import("./seed.ts")).seedCommand(words),
  },
  samples: {
    summary: "write the sample files of the tour: --to FOLDER",
    run: async (words) => (await import("./samples.ts")).samplesCommand(words),
  },
  "evidence-key": {
    summary: "print the public key that signs evidence packs",
    run: async () => (await import("./evidence.ts")).evidenceKeyCommand(),
  },
  "verify-evidence": {
    summary: "check an evidence pack offline: FILE [--key PUBLICKEY]",
    run: async (words) => (await import("./evidence.ts")).verifyEvidenceCommand(words),
  },
  backup: {
    summary: "write the whole database to a file, while serving: FILE",
    run: async (words) => (await import("./backup.ts")).backupCommand(words),
  },
  restore: {
    summary: "bring a backup into an empty database: FILE",
    run: async (words) => (await import("./backup.ts")).restoreCommand(words),
  },
  restored: {
    summary: "end sessions, pause runs and hold mail after a data folder was put back",
    run: async () => (await import("./backup.ts")).restoredCommand(),
  },
  "verify-invariants": {
    summary: "check what must always hold; exit code 1 names what does not",
    run: async () => (await import("./verify-invariants.ts")).verifyInvariantsCommand(),
  },
  outbox: {
    summary: "list, release or discard mail that is held, on the server's own machine",
    run: async (words) => (await import("./outbox.ts")).outboxCommand(words),
  },
  closing: {
    summary: "close accounts that no organization decides about, reopen closed ones",
    run: async (words) => (await import("./closing.ts")).closingCommand(words),
  },
  token: {
    summary: "make, list and revoke API tokens on the server's own machine",
    run: async (words) => (await import("./token.ts")).tokenCommand(words),
  },
};

/** Runs `rehome <command>`. Exit codes: 0 done, 1 failed, 2 wrong usage; docs/cli.md has those of the client. */
export async function runCommand(words: string[]): Promise<number> {
  const [name = "serve", ...rest] = words;
  const remote = Object.hasOwn(remoteCommands, name) ? remoteCommands[name] : undefined;
  if (remote !== undefined) {
    return runRemote(name, remote, rest);
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  const isHelp = rest.includes("--help") && name !== "token" && name !== "closing";
  if (command === undefined || isHelp) {
    printUsage();
    return name === "--help" || name === "help" || isHelp ? 0 : 2;
  }
  try {
    return await command.run(rest);
  } catch (error) {
    process.stderr.write(`rehome ${name}: ${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
}

function printUsage(): void {
  const describe = (entries: [string, { summary: string }][]): string =>
    entries.map(([name, { summary }]) => `  ${name.padEnd(19)}${summary}`).join("\n");
  process.stdout.write(
    `Usage: rehome <command>\n\nThe server:\n${describe(Object.entries(commands))}\n\n` +
      `Against a server, with an API token (--help after each says more):\n${describe(Object.entries(remoteCommands))}\n`,
  );
}
