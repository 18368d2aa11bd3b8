// Shared by start.mjs and test.mjs. Runs on plain Node 20 before anything is installed, so only built-ins here.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const pnpmVersion = "12.21.0";

/** Installs what the lockfile says, unless that was done before. */
export function install() {
  const stamp = path.join(root, "node_modules", ".rehome-installed");
  const wanted = hashFiles(["package.json", "pnpm-lock.yaml", "pnpm-workspace.yaml", ...packageFiles()]);
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) {
    return;
  }
  console.log("Installing dependencies …");
  runOrExit("npx", ["-y", `pnpm@${pnpmVersion}`, "install", "--frozen-lockfile"]);
  writeFileSync(stamp, wanted);
}

/** Builds server and web application when their sources changed since the last build. */
export function build() {
  const stamp = path.join(root, "packages/server/dist/.built-from");
  const wanted = hashFiles(sourceFiles());
  if (
    existsSync(stamp) &&
    readFileSync(stamp, "utf8") === wanted &&
    existsSync(path.join(root, "packages/web/dist/index.html"))
  ) {
    return;
  }
  console.log("Building …");
  pnpmRun("build");
  mkdirSync(path.dirname(stamp), { recursive: true });
  writeFileSync(stamp, wanted);
}

/** Runs a script of package.json; the process ends with its exit code when it fails. */
export function pnpmRun(script, ...words) {
  runOrExit("npx", ["-y", `pnpm@${pnpmVersion}`, "run", script, ...words]);
}

/** Runs a script of package.json and returns its exit code. */
export function tryPnpmRun(script, ...words) {
  return run("npx", ["-y", `pnpm@${pnpmVersion}`, "run", script, ...words]);
}

/** The Node that the product runs on: the one installed from npm, else this one if it is new enough. */
export function productNode() {
  const own = path.join(root, `node_modules/node-${process.platform}-${process.arch}/bin/node`);
  if (existsSync(own)) {
    return own;
  }
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > 24 || (major === 24 && minor >= 0)) {
    return process.execPath;
  }
  console.error(
    `Rehome runs on Node 24. None from npm fits ${process.platform}-${process.arch}; install Node 24 and try again.`,
  );
  process.exit(1);
}

/** Starts a program in the foreground, hands it the signals and ends with its exit code. */
export function become(command, words) {
  const child = spawn(command, words, { cwd: root, stdio: "inherit" });
  for (const signal of ["SIGINT", "SIGTERM"]) {
    process.on(signal, () => child.kill(signal));
  }
  child.on("exit", (code, signal) => process.exit(code ?? (signal === null ? 1 : 128)));
}

function runOrExit(command, words) {
  const code = run(command, words);
  if (code !== 0) {
    process.exit(code);
  }
}

function run(command, words) {
  const result = spawnSync(command, words, { cwd: root, stdio: "inherit" });
  if (result.error !== undefined) {
    console.error(`${command}: ${result.error.message}`);
  }
  return result.status ?? 1;
}

function packageFiles() {
  return readdirSync(path.join(root, "packages")).map((name) => `packages/${name}/package.json`);
}

function sourceFiles() {
  const folders = [
    "packages/server/src",
    "packages/server/migrations",
    "packages/web/src",
    "packages/schema",
  ];
  const singles = [
    "pnpm-lock.yaml",
    "tsconfig.base.json",
    "packages/server/tsconfig.json",
    "packages/web/vite.config.ts",
    "packages/web/index.html",
    "packages/web/codegen.ts",
  ];
  return [...folders.flatMap(listFolder), ...singles];
}

function listFolder(folder) {
  return readdirSync(path.join(root, folder), { recursive: true })
    .map((name) => path.join(folder, name))
    .filter(
      (name) =>
        !/node_modules|\.generated\.|(^|\/)dist\//.test(name) && statSync(path.join(root, name)).isFile(),
    )
    .sort();
}

function hashFiles(files) {
  const hash = createHash("sha256");
  for (const file of files) {
    const full = path.join(root, file);
    hash.update(file).update(existsSync(full) ? readFileSync(full) : "absent");
  }
  return hash.digest("hex");
}
