import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterEach, describe, expect, it } from "vitest";

const root = path.resolve(import.meta.dirname, "..");
const planted = path.join(root, "packages/server/src/platform/planted-violation.ts");

interface CruiseResult {
  summary: { totalCruised: number; violations: { rule: { name: string }; from: string; to: string }[] };
}

function cruise(): CruiseResult {
  const command = path.join(root, "node_modules/.bin/depcruise");
  const words = [
    "packages/server/src",
    "packages/web/src",
    "--output-type",
    "json",
    "--config",
    ".dependency-cruiser.cjs",
  ];
  const options = { cwd: root, encoding: "utf8" as const, maxBuffer: 256 * 1024 * 1024 };
  try {
    return JSON.parse(execFileSync(command, words, options)) as CruiseResult;
  } catch (error) {
    // Violations make it exit non-zero; the report is on standard output all the same.
    return JSON.parse((error as { stdout: string }).stdout) as CruiseResult;
  }
}

function sourceFiles(folder: string): string[] {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
    .map((name) => path.join(folder, name))
    .filter((name) => /\.tsx?$/.test(name) && !/\.generated\.|node_modules|\/dist\//.test(name));
}

describe("import boundaries", () => {
  afterEach(() => rmSync(planted, { force: true }));

  it("hold, over every source file", () => {
    const { summary } = cruise();
    expect(summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`)).toEqual([]);
    const sources = [...sourceFiles("packages/server/src"), ...sourceFiles("packages/web/src")];
    expect(summary.totalCruised).toBeGreaterThanOrEqual(sources.length);
  });

  it("are seen when broken", () => {
    mkdirSync(path.dirname(planted), { recursive: true });
    writeFileSync(
      planted,
      'import { notFound } from "../modules/audit/index.ts";\nexport const planted = notFound;\n',
    );
    const names = cruise().summary.violations.map(({ rule }) => rule.name);
    expect(names).toContain("platform-knows-no-domain");
  });
});

describe("SQL statements", () => {
  const files = sourceFiles("packages/server/src").filter((file) => /\/sql\/[^/]+\.ts$/.test(file));

  it("are found", () => {
    expect(files.length).toBeGreaterThan(30);
  });

  it.each(files)("%s carries a label that ends in its file name", (file) => {
    const source = readFileSync(path.join(root, file), "utf8");
    const camel = path
      .basename(file, ".ts")
      .replaceAll(/-(.)/g, (_match, letter: string) => letter.toUpperCase());
    const labels = [...source.matchAll(/statement(?:<[\s\S]*?>)?\(\s*["'`]([\w.]+)["'`]/g)].map(
      ([, label]) => label,
    );
    expect(labels.map((label) => label?.split(".").at(-1))).toEqual(labels.map(() => camel));
  });
});

describe("files", () => {
  it("say why in their first comment when they are longer than 250 lines", () => {
    const long = [...sourceFiles("packages/server/src"), ...sourceFiles("packages/web/src")].filter(
      (file) => {
        const lines = readFileSync(path.join(root, file), "utf8").split("\n");
        return lines.length > 251 && !/^(\/\/|\/\*)/.test(lines[0] ?? "");
      },
    );
    expect(long).toEqual([]);
  });

  it("are named by their role and never a catch-all", () => {
    const catchAll = sourceFiles("packages/server/src").filter((file) =>
      /(utils?|helpers?|common|manager)\.ts$/.test(file),
    );
    expect(catchAll).toEqual([]);
  });

  it("keep the schema they generate", () => {
    expect(existsSync(path.join(root, "packages/schema/schema.graphql"))).toBe(true);
  });
});
