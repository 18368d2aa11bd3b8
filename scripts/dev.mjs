// pnpm dev: the server with reload on :4000 and the web application with hot reload on :5173, ended together.
import { spawn } from "node:child_process";
import path from "node:path";
import { productNode, root } from "./toolchain.mjs";

const children = [
  spawn(
    productNode(),
    ["--watch-path=packages/server/src", "--import", "tsx", "packages/server/src/main.ts", "serve"],
    {
      cwd: root,
      stdio: "inherit",
    },
  ),
  spawn(productNode(), [path.join(root, "packages/web/node_modules/vite/bin/vite.js")], {
    cwd: path.join(root, "packages/web"),
    stdio: "inherit",
  }),
];

function end() {
  for (const child of children) {
    child.kill("SIGTERM");
  }
}

for (const signal of ["SIGINT", "SIGTERM"]) {
  process.on(signal, end);
}
for (const child of children) {
  child.on("exit", end);
}
