import type { CodegenConfig } from "@graphql-codegen/cli";

const schemaTypes = "packages/schema/src/schema-types.generated.ts";

// Paths are relative to the workspace root, where the generator is started:
// graphql-codegen --config packages/web/codegen.ts
const config: CodegenConfig = {
  schema: "packages/schema/schema.graphql",
  documents: ["packages/web/src/**/*.graphql"],
  ignoreNoDocuments: true,
  silent: true,
  generates: {
    // Enums and inputs used by any operation, once, for words.ts and typed filters.
    [schemaTypes]: { plugins: ["typescript-operations"] },
    "packages/web/src/": {
      preset: "near-operation-file",
      presetConfig: { baseTypesPath: "~@rehome/schema", extension: ".generated.ts" },
      plugins: ["typescript-operations", "typed-document-node"],
      config: { importSchemaTypesFrom: "~@rehome/schema" },
    },
  },
  config: {
    scalars: { ID: "string", DateTime: "string", JSON: "unknown" },
    enumType: "string-literal",
    useTypeImports: true,
    nonOptionalTypename: true,
    skipTypeNameForRoot: true,
    disableDescriptions: true,
    // Apollo re-exports the type; the package it comes from is no dependency of ours.
    documentNodeImport: "@apollo/client#TypedDocumentNode",
  },
};

export default config;
