// One place to import from; a file per part of the schema behind it.
export * from "./directory-factories.ts";
export * from "./migration-factories.ts";
