import { globSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { Kind, parse, visit, type DefinitionNode, type FragmentDefinitionNode } from "graphql";
import { hashDocument } from "../platform/graphql/trusted-operations.ts";

/**
 * Writes the hash of every operation of the web application, by name, beside its build: what browsers' sessions may
 * send where REHOME_TRUSTED_OPERATIONS=only.
 */
const web = path.resolve(import.meta.dirname, "../../../web");
const definitions = globSync("src/**/*.graphql", { cwd: web }).flatMap(
  (file) => parse(readFileSync(path.join(web, file), "utf8"), { noLocation: true }).definitions,
);
const fragments = new Map(
  definitions
    .filter(
      (definition): definition is FragmentDefinitionNode => definition.kind === Kind.FRAGMENT_DEFINITION,
    )
    .map((fragment) => [fragment.name.value, fragment]),
);

function withFragments(definition: DefinitionNode, found = new Set<DefinitionNode>()): Set<DefinitionNode> {
  found.add(definition);
  visit(definition, {
    FragmentSpread({ name }) {
      const fragment = fragments.get(name.value);
      if (fragment !== undefined && !found.has(fragment)) {
        withFragments(fragment, found);
      }
    },
  });
  return found;
}

const hashes = definitions.flatMap((definition) =>
  definition.kind === Kind.OPERATION_DEFINITION
    ? [
        [
          definition.name?.value ?? "",
          hashDocument({ kind: Kind.DOCUMENT, definitions: [...withFragments(definition)] }),
        ] as const,
      ]
    : [],
);
writeFileSync(
  path.join(web, "dist/operations.json"),
  `${JSON.stringify(Object.fromEntries(hashes.toSorted()), null, 2)}\n`,
);
