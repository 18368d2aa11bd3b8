import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import sparticuz from "@sparticuz/chromium";
import { chromium, type Browser } from "playwright-core";

/** Quiet and offline: without these, Chromium looks for its maker's hosts at every start. */
const flags = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Under a POSIX locale some builds report the language en-US@posix, which is no language tag. */
const language = { LANG: "en_US.UTF-8", LC_ALL: "en_US.UTF-8", LANGUAGE: "en_US" };

const usualPlaces = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** Starts Chromium: CHROMIUM_PATH, an installed one, the one in the npm package, or Debian's, whichever runs first. */
export async function launchBrowser(): Promise<Browser> {
  const tried: string[] = [];
  for (const find of [installedPath, packagedPath, debianPath]) {
    try {
      const executablePath = await find();
      if (executablePath !== undefined) {
        return await chromium.launch({
          executablePath,
          args: flags,
          chromiumSandbox: false,
          env: { ...process.env, ...language },
        });
      }
    } catch (error) {
      tried.push(`${find.name}: ${error instanceof Error ? error.message.split("\n")[0] : String(error)}`);
    }
  }
  throw new Error(`No Chromium could be started. Install one or set CHROMIUM_PATH.\n${tried.join("\n")}`);
}

async function installedPath(): Promise<string | undefined> {
  return [process.env.CHROMIUM_PATH ?? "", ...usualPlaces].find((file) => file !== "" && existsSync(file));
}

async function packagedPath(): Promise<string | undefined> {
  return process.platform === "linux" && process.arch === "x64" ? sparticuz.executablePath() : undefined;
}

/** The last resort, where this process may install: Debian's own package. */
async function debianPath(): Promise<string | undefined> {
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) {
    return undefined;
  }
  const options = { stdio: "ignore", env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } } as const;
  execFileSync("apt-get", ["update"], options);
  execFileSync("apt-get", ["install", "-y", "--no-install-recommends", "chromium"], options);
  return "/usr/bin/chromium";
}
