// npm start: installs, builds and serves, from nothing but Node 20 and npm.
import path from "node:path";
import { become, build, install, productNode, root } from "./toolchain.mjs";

install();
build();
become(productNode(), [
  // On a large machine Node takes 200 MB for young objects alone before it looks for garbage; this keeps it at 48 MB.
  "--max-semi-space-size=16",
  path.join(root, "packages/server/dist/src/main.js"),
  "serve",
  ...process.argv.slice(2),
]);
