// npm start: installs, builds and serves, from nothing but Node 20 and npm.
import path from "node:path";
import { become, build, install, productNode, root } from "./toolchain.mjs";

install();
build();
become(productNode(), [
  // On a large machine Node takes 200 MB for young objects alone before it looks for garbage; this keeps it at 48 MB.
  "--max-semi-space-size=16",
  // And it lets garbage grow to several times what is in use before it looks there; this collects at 1.4 times.
  "--heap-growing-percent=40",
  path.join(root, "packages/server/dist/main.js"),
  "serve",
  ...process.argv.slice(2),
]);
