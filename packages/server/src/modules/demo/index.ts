export { demoOrganizations, demoCustomers, demoSeed, siteIn, type SiteRole } from "./demo-world.ts";
export { countDemo, customersCsv, projectsCsv, requestsCsv, type DemoOptions } from "./generate-demo.ts";
export { writeSamples } from "./write-samples.ts";
