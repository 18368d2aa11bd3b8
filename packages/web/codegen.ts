import type { CodegenConfig } from "@graphql-codegen/cli";

// Paths are relative to the workspace root, where the generator is started:
// graphql-codegen --config packages/web/codegen.ts
const config: CodegenConfig = {
  schema: "packages/schema/schema.graphql",
  documents: ["packages/web/src/**/*.graphql"],
  ignoreNoDocuments: true,
  generates: {
    "packages/web/src/apollo/schema-types.generated.ts": { plugins: ["typescript-operations"] },
    "packages/web/src/": {
      preset: "near-operation-file",
      presetConfig: { baseTypesPath: "apollo/schema-types.generated.ts", extension: ".generated.ts" },
      plugins: ["typescript-operations", "typed-document-node"],
    },
  },
  config: {
    scalars: { ID: "string", DateTime: "string", JSON: "unknown" },
    enumType: "string-literal",
    useTypeImports: true,
    importExtension: ".ts",
    nonOptionalTypename: true,
    skipTypeNameForRoot: true,
    disableDescriptions: true,
    maybeValue: "T | null",
  },
};

export default config;
