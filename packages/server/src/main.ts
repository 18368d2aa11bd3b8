import { enableCompileCache } from "node:module";

// Half of a start is compiling modules; the cache lives in the system's temporary folder and may vanish at any time.
enableCompileCache();
const { runCommand } = await import("./cli/commands.ts");
process.exitCode = await runCommand(process.argv.slice(2));
