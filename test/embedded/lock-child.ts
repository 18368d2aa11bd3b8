import { createInterface } from "node:readline";
import {
  acquireFolderLock,
  type FolderLock,
} from "../../packages/server/src/platform/database/embedded/folder-lock.ts";

/** Tries for the lock of the folder in its first argument at the moment (epoch, ms) each input line names; "release" gives it back. */
const folder = process.argv[2] ?? "";
let lock: FolderLock | undefined;

for await (const line of createInterface({ input: process.stdin })) {
  if (line === "release") {
    lock?.release();
    lock = undefined;
    process.stdout.write("released\n");
    continue;
  }
  while (Date.now() < Number(line)) {
    // Spins on purpose: all contenders must arrive within the same millisecond.
  }
  try {
    lock = await acquireFolderLock(folder);
    process.stdout.write("held\n");
  } catch (error) {
    process.stdout.write(`${error instanceof Error ? error.message : String(error)}\n`);
  }
}
