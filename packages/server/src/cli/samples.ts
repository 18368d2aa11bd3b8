import { parseArgs } from "node:util";
import { writeSamples } from "../modules/demo/index.ts";

/** `rehome samples --to FOLDER`: the files of the tour, for two new sites. */
export async function samplesCommand(words: string[]): Promise<number> {
  const { values } = parseArgs({ args: words, options: { to: { type: "string", default: "docs/samples" } } });
  const files = await writeSamples(values.to);
  process.stdout.write(`${files.join("\n")}\n`);
  return 0;
}
