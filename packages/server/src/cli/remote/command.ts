import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { readClientConfig } from "../../config.ts";
import { CliError, exitCodes, wrongUsage, type ExitCode } from "./exit-codes.ts";
import { createOutput, type Output } from "./output.ts";
import { RemoteServer } from "./server.ts";

/** An option with a value, or a flag. */
interface OptionRule {
  type: "string" | "boolean";
  /** What stands for the value in the help, such as FILE. */
  value?: string;
  help: string;
  required?: boolean;
}

/** What a command gets to work with. */
export interface CommandRun {
  server: RemoteServer;
  output: Output;
  /** The word after the command, such as MR-12. */
  subject: string;
  text: (option: string) => string | undefined;
  flag: (option: string) => boolean;
}

/** A command that talks to a server. */
export interface RemoteCommand {
  summary: string;
  /** Name of the word after the command, such as MR-12; absent where there is none. */
  subject?: string;
  options: Record<string, OptionRule>;
  run(run: CommandRun): Promise<ExitCode>;
}

const everywhere: Record<string, OptionRule> = {
  organization: { type: "string", value: "NAME", help: "where several organizations have one of this name" },
  "token-file": { type: "string", value: "FILE", help: "file with the API token, instead of REHOME_TOKEN" },
  json: { type: "boolean", help: "JSON lines, on a terminal as well" },
  text: { type: "boolean", help: "words, into a file or pipe as well" },
  help: { type: "boolean", help: "this help" },
};

/** Runs a command against the server of REHOME_URL; errors go to standard error, as JSON where results do. */
export async function runRemote(name: string, command: RemoteCommand, words: string[]): Promise<number> {
  endQuietlyOnBrokenPipe();
  if (words.includes("--help") || words.includes("-h")) {
    process.stdout.write(describeCommand(name, command));
    return exitCodes.done;
  }
  let output = createOutput({ json: words.includes("--json"), text: words.includes("--text") });
  try {
    const { values, positionals } = readWords(name, command, words);
    output = createOutput({ json: values.json === true, text: values.text === true });
    const text = (option: string): string | undefined => {
      const value = values[option];
      return typeof value === "string" && value !== "" ? value : undefined;
    };
    const server = connect(text("token-file"));
    return await command.run({
      server,
      output,
      subject: positionals[0] ?? "",
      text,
      flag: (option) => values[option] === true,
    });
  } catch (error) {
    output.progress(null);
    return tellError(name, error, output.json);
  }
}

function readWords(
  name: string,
  command: RemoteCommand,
  words: string[],
): { values: Record<string, unknown>; positionals: string[] } {
  const rules = { ...command.options, ...everywhere };
  let parsed: { values: Record<string, unknown>; positionals: string[] };
  try {
    const options = Object.fromEntries(Object.entries(rules).map(([option, { type }]) => [option, { type }]));
    parsed = parseArgs({ args: words, options, allowPositionals: true });
  } catch (error) {
    // Node goes on to explain its "--", which nobody here needs.
    const [reason] = (error instanceof Error ? error.message : String(error)).split(". ");
    throw wrongUsage(`${reason?.replace(/\.$/, "")}. See: rehome ${name} --help`);
  }
  const wanted = command.subject === undefined ? 0 : 1;
  if (parsed.positionals.length > wanted || (wanted === 1 && (parsed.positionals[0] ?? "") === "")) {
    const what = command.subject === undefined ? "no further word" : command.subject;
    throw wrongUsage(`rehome ${name} takes ${what}. See: rehome ${name} --help`);
  }
  const missing = Object.entries(rules).filter(
    ([option, rule]) => rule.required === true && (parsed.values[option] ?? "") === "",
  );
  if (missing.length > 0) {
    throw wrongUsage(
      `rehome ${name} needs ${missing.map(([option]) => `--${option}`).join(" and ")}. See: rehome ${name} --help`,
    );
  }
  return parsed;
}

function connect(tokenFile: string | undefined): RemoteServer {
  let config: ReturnType<typeof readClientConfig>;
  let token: string | undefined;
  try {
    config = readClientConfig();
    token = tokenFile === undefined ? config.token : readFileSync(tokenFile, "utf8").trim();
  } catch (error) {
    throw wrongUsage(error instanceof Error ? error.message : String(error));
  }
  if (token === undefined || token === "") {
    throw wrongUsage("There is no API token. Set REHOME_TOKEN, or name a file with --token-file.");
  }
  if (!/^[\x21-\x7e]+$/.test(token)) {
    throw wrongUsage("The API token has characters that no token has. It is one line that begins with rhm_.");
  }
  return new RemoteServer(config.url, token);
}

function tellError(name: string, error: unknown, json: boolean): ExitCode {
  const { exitCode, code, message, whoCanGrant, requestId } =
    error instanceof CliError
      ? error
      : new CliError(exitCodes.failed, "FAILED", error instanceof Error ? error.message : String(error));
  if (json) {
    const record = { error: { code, message, whoCanGrant, requestId, exitCode } };
    process.stderr.write(`${JSON.stringify(record)}\n`);
    return exitCode;
  }
  process.stderr.write(`rehome ${name}: ${message}\n`);
  if (whoCanGrant.length > 0 && !whoCanGrant.every((who) => message.includes(who))) {
    process.stderr.write(`Who can grant it: ${whoCanGrant.join(", ")}.\n`);
  }
  if (requestId !== undefined) {
    process.stderr.write(`Request ${requestId}.\n`);
  }
  return exitCode;
}

/** Whoever reads may stop, as `head` does; that is no reason for a stack trace. */
function endQuietlyOnBrokenPipe(): void {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    process.exit(error.code === "EPIPE" ? exitCodes.brokenPipe : exitCodes.failed);
  });
}

function describeCommand(name: string, { summary, subject, options }: RemoteCommand): string {
  const lines = Object.entries({ ...options, ...everywhere }).map(([option, { value, help, required }]) => {
    const shown = `--${option}${value === undefined ? "" : ` ${value}`}`;
    return `  ${shown.padEnd(24)}${help}${required === true ? " (needed)" : ""}`;
  });
  return `Usage: rehome ${name}${subject === undefined ? "" : ` ${subject}`} [options]

${summary}

${lines.join("\n")}

REHOME_URL names the server (default http://127.0.0.1:4000), REHOME_TOKEN holds the API token.
Exit codes: 0 done, 1 failed, 2 wrong usage, 3 refused, 4 done but people have to look at something,
5 access proof failed, 6 not reachable or token not valid, 7 nothing of this name, 8 a check blocks the plan.
`;
}
