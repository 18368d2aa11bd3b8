// Who may import whom. Run by test/architecture.test.ts, which also plants a violation and counts modules.
const server = "^packages/server/src";
const modules = `${server}/modules`;

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: "no-cycles",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "platform-knows-no-domain",
      severity: "error",
      from: { path: `${server}/platform` },
      to: { path: `${server}/(modules|app|resolvers|cli|main)` },
    },
    {
      name: "modules-below-app",
      severity: "error",
      from: { path: modules },
      to: { path: `${server}/(app|main|resolvers|database|entities|config|cli)` },
    },
    {
      name: "module-to-module-through-index",
      severity: "error",
      from: { path: `${modules}/([^/]+)/` },
      to: { path: `${modules}/([^/]+)/`, pathNot: [`${modules}/$1/`, `${modules}/[^/]+/index\\.ts$`] },
    },
    {
      name: "type-graphql-in-resolvers-and-types",
      severity: "error",
      from: { path: server, pathNot: [`\\.(resolver|types)\\.ts$`, `${server}/platform/graphql/`] },
      to: { path: "type-graphql" },
    },
    {
      name: "engine-knows-no-kind",
      severity: "error",
      from: { path: `${modules}/migration/engine/` },
      to: { path: `${modules}/migration/kinds/` },
    },
    {
      name: "kind-knows-no-other-kind",
      severity: "error",
      from: { path: `${modules}/migration/kinds/([^/]+)/` },
      to: { path: `${modules}/migration/kinds/([^/]+)/`, pathNot: `${modules}/migration/kinds/$1/` },
    },
    {
      name: "kind-stays-narrow",
      severity: "error",
      from: { path: `${modules}/migration/kinds/` },
      to: {
        path: `${modules}/`,
        pathNot: [
          `${modules}/migration/kinds/`,
          `${modules}/migration/(kind|outcome-texts)\\.ts$`,
          `${modules}/(directory|access-proof)/index\\.ts$`,
        ],
      },
    },
    {
      name: "only-the-registry-names-kinds",
      severity: "error",
      from: { path: server, pathNot: [`${modules}/migration/registry\\.ts$`, `${modules}/migration/kinds/`] },
      to: { path: `${modules}/migration/kinds/` },
    },
    {
      name: "web-never-imports-server",
      severity: "error",
      from: { path: "^packages/web/src" },
      to: { path: "^packages/server" },
    },
    {
      name: "features-never-import-each-other",
      severity: "error",
      from: { path: "^packages/web/src/features/([^/]+)/" },
      to: { path: "^packages/web/src/features/([^/]+)/", pathNot: "^packages/web/src/features/$1/" },
    },
    {
      name: "ui-knows-no-graphql",
      severity: "error",
      from: { path: "^packages/web/src/ui/" },
      to: { path: ["@apollo/client", "^packages/web/src/(features|apollo)"] },
    },
    {
      name: "only-config-reads-the-environment",
      severity: "error",
      from: { path: `${server}/platform` },
      to: { path: `${server}/config` },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      extensions: [".ts", ".tsx", ".js", ".mjs"],
      exportsFields: ["exports"],
      conditionNames: ["import", "default"],
    },
    exclude: { path: "(\\.generated\\.|/dist/)" },
  },
};
