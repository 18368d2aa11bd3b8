export { demoCustomers, demoOrganizations, type SiteRole } from "./demo-world.ts";
export { demoSignIns } from "./demo-sign-ins.ts";
export { countDemo, customersCsv, projectsCsv, requestsCsv } from "./generate-demo.ts";
export { seedDemo, type SeedDeps } from "./seed-demo.ts";
export { writeSamples } from "./write-samples.ts";
