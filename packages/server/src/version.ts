import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

/** The program's version, from the package's own package.json: beside the sources as beside the build. */
export function readVersion(): string {
  let folder = import.meta.dirname;
  while (!existsSync(path.join(folder, "package.json"))) {
    folder = path.dirname(folder);
  }
  const { version } = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8")) as {
    version: string;
  };
  return version;
}
