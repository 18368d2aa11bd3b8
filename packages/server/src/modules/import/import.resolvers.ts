import { ImportMutationResolver } from "./import-mutation.resolver.ts";
import {
  ImportFileResolver,
  ImportRowConnectionResolver,
  ProductImportsResolver,
  SiteImportsResolver,
} from "./import.resolver.ts";

/** Every resolver of uploads, the field Site.imports and Product.imports included. */
export function importResolvers(): object[] {
  return [
    new ImportFileResolver(),
    new ImportRowConnectionResolver(),
    new SiteImportsResolver(),
    new ProductImportsResolver(),
    new ImportMutationResolver(),
  ];
}
