import { createRequire } from "node:module";
import { dirname } from "node:path";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const server = "http://127.0.0.1:4000";

// The worker files must be of the very copy of the editor that GraphiQL brings; it is no dependency of ours.
const graphiqlFile = createRequire(import.meta.url).resolve("graphiql");
const editorFile = createRequire(graphiqlFile).resolve("@graphiql/react");
const folderOf = (name: string) => dirname(createRequire(editorFile).resolve(`${name}/package.json`));

export default defineConfig({
  plugins: [react()],
  resolve: {
    alias: {
      "monaco-editor": folderOf("monaco-editor"),
      "monaco-graphql": folderOf("monaco-graphql"),
    },
  },
  // GraphiQL's editor starts module workers from its own chunk.
  worker: { format: "es" },
  build: {
    outDir: "dist",
    target: "es2022",
    sourcemap: false,
    // Nothing may become a data: or inline script; small images stay files too.
    assetsInlineLimit: 0,
    // The editor of /api is one lazy file of its own; every other chunk is held to the budget by its test.
    chunkSizeWarningLimit: 3_000,
    // GraphiQL's files carry hints to a compiler that is not run here.
    rolldownOptions: { checks: { moduleLevelDirective: false } },
  },
  server: {
    host: "127.0.0.1",
    port: 5173,
    proxy: {
      "/graphql": { target: server, ws: true },
      "/api/": { target: server },
      "/healthz": { target: server },
    },
  },
});
