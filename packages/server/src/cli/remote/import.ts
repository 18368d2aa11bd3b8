import { randomUUID } from "node:crypto";
import { statSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import type { CommandRun, RemoteCommand } from "./command.ts";
import { CliError, exitCodes, wrongUsage, type ExitCode } from "./exit-codes.ts";
import { findProduct, findSite } from "./find-place.ts";
import { streamForm } from "./multipart.ts";
import { formatCount } from "./output.ts";
import { saveDownload } from "./save-download.ts";
import { readProblem, toCliError } from "./server.ts";

interface ImportFile {
  id: string;
  state: string;
  fileKind: string;
  fileName: string;
  totalRows: number;
  goodRows: number;
  badRows: number;
  warningRows: number;
  failure: string | null;
  effects: {
    duplicates: number;
    newPeople: number;
    updatedPeople: number;
    unknownProjectKeys: string[];
    unknownReporters: number;
    productUsers: { flaggedBots: number; keptHashes: number; refusedHashes: number } | null;
  } | null;
}

const selection = `id state fileKind fileName totalRows goodRows badRows warningRows failure
  effects { duplicates newPeople updatedPeople unknownProjectKeys unknownReporters
    productUsers { flaggedBots keptHashes refusedHashes } }`;

/** `rehome import FILE --site NAME`, `rehome import FILE --product NAME`. */
export const importCommand: RemoteCommand = {
  summary:
    "Sends a file of a site's customers, requests or projects, or of a product's users, and shows what it holds; --apply writes it.",
  subject: "FILE",
  options: {
    site: { type: "string", value: "NAME", help: "name or URL name of the site; this or --product" },
    product: { type: "string", value: "NAME", help: "name or id of the product whose users the file lists" },
    kind: { type: "string", value: "KIND", help: "customers, requests or projects; found out by itself" },
    apply: { type: "boolean", help: "write the good rows" },
    rejected: {
      type: "string",
      value: "FILE",
      help: "write the rows that are not used there, to be corrected",
    },
  },
  run: runImport,
};

async function runImport(run: CommandRun): Promise<ExitCode> {
  const { server, output, subject: file, text } = run;
  const size = sizeOf(file);
  const kind = text("kind")?.toUpperCase();
  if (kind !== undefined && !["CUSTOMERS", "REQUESTS", "PROJECTS"].includes(kind)) {
    throw wrongUsage("--kind is customers, requests or projects.");
  }
  const { name: place, fields } = await findTarget(run, kind);
  const form = streamForm(fields, file, (sent) => output.progress(`Sending ${file}: ${percent(sent, size)}`));
  const response = await server.fetch("/api/imports", {
    method: "POST",
    headers: { "Content-Type": form.contentType },
    body: form.body,
    duplex: "half",
  });
  output.progress(null);
  if (response.status !== 201) {
    throw toCliError(await readProblem(response));
  }
  const { importFile } = (await response.json()) as { importFile: { id: string } };
  let found = await readImport(run, importFile.id);
  if (run.flag("apply")) {
    await server.change("applyImport", "... on ImportFileResult { importFile { id } }", {
      importId: found.id,
      idempotencyKey: randomUUID(),
    });
    found = await untilApplied(run, found.id);
  }
  const unused = found.badRows + (found.effects?.duplicates ?? 0);
  const rejected = unused > 0 ? text("rejected") : undefined;
  if (rejected !== undefined) {
    await saveDownload(server, `/api/imports/${found.id}/rejected.csv`, rejected);
  }
  tell(run, found, place, rejected);
  return found.badRows > 0 ? exitCodes.attention : exitCodes.done;
}

/** Where the file goes, and the form's fields that say so. */
async function findTarget(
  run: CommandRun,
  kind: string | undefined,
): Promise<{ name: string; fields: Record<string, string> }> {
  const [site, product] = [run.text("site"), run.text("product")];
  if (product !== undefined && site === undefined) {
    if (kind !== undefined) {
      throw wrongUsage("--kind is for files of a site; a product's file lists its users.");
    }
    const { id, name } = await findProduct(run, product);
    return { name, fields: { productId: id } };
  }
  if (site === undefined || product !== undefined) {
    throw wrongUsage("Say where the file goes: --site NAME or --product NAME.");
  }
  const { id, name } = await findSite(run, site);
  return { name, fields: { siteId: id, ...(kind === undefined ? {} : { fileKind: kind }) } };
}

function sizeOf(file: string): number {
  try {
    return statSync(file).size;
  } catch (error) {
    throw wrongUsage(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}.`);
  }
}

async function readImport({ server }: CommandRun, id: string): Promise<ImportFile> {
  const { importFile } = await server.ask<{ importFile: ImportFile | null }>(
    `query CliImport($id: ID!) { importFile(id: $id) { ${selection} } }`,
    { id },
  );
  if (importFile === null) {
    throw new CliError(exitCodes.failed, "NOT_FOUND", "The upload is gone.");
  }
  return importFile;
}

/** Large files are applied in the background. */
async function untilApplied(run: CommandRun, id: string): Promise<ImportFile> {
  for (;;) {
    const found = await readImport(run, id);
    if (found.state === "APPLIED") {
      run.output.progress(null);
      return found;
    }
    if (found.state !== "APPLYING") {
      throw new CliError(
        exitCodes.failed,
        "NOT_APPLIED",
        found.failure ?? `${found.fileName} was not applied: it is ${found.state}.`,
      );
    }
    run.output.progress(`Writing ${formatCount(found.goodRows)} rows`);
    await sleep(500);
  }
}

function tell({ output }: CommandRun, found: ImportFile, place: string, rejected: string | undefined): void {
  const { effects } = found;
  const counts = [
    `${formatCount(found.goodRows)} of ${formatCount(found.totalRows)} rows can be used`,
    `${formatCount(found.badRows)} rejected`,
    `${formatCount(effects?.duplicates ?? 0)} duplicates`,
    `${formatCount(found.warningRows)} with a warning`,
  ];
  const done = found.state === "APPLIED" ? "applied" : "not applied yet (--apply does it)";
  const unknown = effects?.unknownProjectKeys ?? [];
  output.tell(
    { type: "import", place, rejectedFile: rejected ?? null, ...found },
    `${found.fileName} for ${place} (${found.fileKind.toLowerCase().replace("_", " ")}): ${done}.`,
    `${counts.join(", ")}.`,
    ...(found.fileKind === "CUSTOMERS" || found.fileKind === "PRODUCT_USERS"
      ? [
          `${formatCount(effects?.newPeople ?? 0)} new people, ${formatCount(effects?.updatedPeople ?? 0)} known.`,
        ]
      : []),
    ...tellProductUsers(effects?.productUsers ?? null),
    ...(unknown.length > 0 ? [`The site has no projects ${unknown.join(", ")}; they grant nothing.`] : []),
    ...(rejected === undefined
      ? []
      : [`Rows that are not used: ${rejected}. Correct them and import that file.`]),
  );
}

function tellProductUsers(effects: NonNullable<ImportFile["effects"]>["productUsers"]): string[] {
  const { flaggedBots = 0, keptHashes = 0, refusedHashes = 0 } = effects ?? {};
  return [
    ...(keptHashes > 0 ? [`Password hashes kept, sealed: ${formatCount(keptHashes)}.`] : []),
    ...(refusedHashes > 0
      ? [`Password hashes that cannot be used, not kept: ${formatCount(refusedHashes)}.`]
      : []),
    ...(flaggedBots > 0
      ? [`Flagged bots: ${formatCount(flaggedBots)}. The product's page says what to do.`]
      : []),
  ];
}

function percent(sent: number, size: number): string {
  return `${Math.floor((100 * sent) / Math.max(1, size))}% of ${formatCount(Math.ceil(size / 1024))} KB`;
}
