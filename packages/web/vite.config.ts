import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const server = "http://127.0.0.1:4000";

export default defineConfig({
  plugins: [react()],
  // GraphiQL's editor starts module workers from its own chunk.
  worker: { format: "es" },
  build: {
    outDir: "dist",
    target: "es2022",
    sourcemap: false,
    // Nothing may become a data: or inline script; small images stay files too.
    assetsInlineLimit: 0,
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
