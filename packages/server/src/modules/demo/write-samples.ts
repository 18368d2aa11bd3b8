import { createWriteStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { customersCsv, projectsCsv, requestsCsv } from "./generate-demo.ts";
import { casesInOrder } from "./outcome-cases.ts";

/** Each case of the outcome table stands once in the sample of the source's customers. */
const sampleSize = { customers: casesInOrder };

/** The sample files by name, for two new sites: a source and a destination. */
function sampleFiles(): ReadonlyMap<string, AsyncIterable<string>> {
  return new Map([
    ["projects-source.csv", projectsCsv("source", sampleSize)],
    ["source-customers.csv", customersCsv("source", sampleSize)],
    ["requests-source.csv", requestsCsv("source", sampleSize)],
    ["projects-destination.csv", projectsCsv("destination", sampleSize)],
    ["destination-customers.csv", customersCsv("destination", sampleSize)],
    ["requests-destination.csv", requestsCsv("destination", sampleSize)],
  ]);
}

/**
 * Writes the sample files, replacing those that are there.
 * @param folder made where absent; `docs/samples` in the repository
 * @returns their paths, in the order to upload them
 */
export async function writeSamples(folder: string): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  const written: string[] = [];
  for (const [name, content] of sampleFiles()) {
    const file = path.join(folder, name);
    await pipeline(Readable.from(content), createWriteStream(file));
    written.push(file);
  }
  return written;
}
