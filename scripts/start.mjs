// npm start: installs, builds and serves, from nothing but Node 20 and npm.
import path from "node:path";
import { become, build, install, productNode, root } from "./toolchain.mjs";

install();
build();
become(productNode(), [
  path.join(root, "packages/server/dist/src/main.js"),
  "serve",
  ...process.argv.slice(2),
]);
