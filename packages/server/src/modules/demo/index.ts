export { demoCustomers, demoOrganizations, demoSeed, siteIn, type SiteRole } from "./demo-world.ts";
export { demoSignIns, type DemoSignIn } from "./demo-sign-ins.ts";
export { countDemo, customersCsv, projectsCsv, requestsCsv, type DemoOptions } from "./generate-demo.ts";
export {
  seedDemo,
  type SeedDeps,
  type SeedOptions,
  type SeedProgress,
  type SeedResult,
} from "./seed-demo.ts";
export { writeSamples } from "./write-samples.ts";
