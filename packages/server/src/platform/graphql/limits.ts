import {
  GraphQLError,
  Kind,
  type ASTNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  type SelectionSetNode,
  type ValidationRule,
} from "graphql";

/** Tokens of one operation; Apollo answers 400 beyond it. */
export const maxTokens = 2_000;
/** Levels of fields in one operation, fragments included. */
export const maxDepth = 12;
/** Fields under an alias in one operation: enough for any page, too few to multiply work. */
const maxAliases = 30;
/** Bytes of one request body or socket message. */
export const maxBodyBytes = 100 * 1024;

/** Refuses operations that are too deep or use too many aliases; fragments count each time they are spread. */
export const limitOperations: ValidationRule = (context) => ({
  Document(document: DocumentNode) {
    const fragments = new Map<string, FragmentDefinitionNode>();
    for (const definition of document.definitions) {
      if (definition.kind === Kind.FRAGMENT_DEFINITION) {
        fragments.set(definition.name.value, definition);
      }
    }
    for (const definition of document.definitions) {
      if (definition.kind === Kind.OPERATION_DEFINITION) {
        const budget = { aliases: maxAliases, visits: 5_000 };
        const report = (message: string): void =>
          context.reportError(new GraphQLError(message, { nodes: definition as ASTNode }));
        walk(definition.selectionSet, 1, fragments, budget, new Set(), report);
      }
    }
  },
});

function walk(
  selectionSet: SelectionSetNode,
  depth: number,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  budget: { aliases: number; visits: number },
  open: ReadonlySet<string>,
  report: (message: string) => void,
): boolean {
  if (depth > maxDepth) {
    report(`This operation is deeper than ${maxDepth} levels.`);
    return false;
  }
  for (const selection of selectionSet.selections) {
    budget.visits -= 1;
    if (selection.kind === Kind.FIELD && selection.alias !== undefined) {
      budget.aliases -= 1;
    }
    if (budget.aliases < 0 || budget.visits < 0) {
      report(`This operation has more than ${maxAliases} aliases or too many fields.`);
      return false;
    }
    // The schema's own shape is bounded and has a rule of its own; the usual introspection query is deeper.
    if (selection.kind === Kind.FIELD && selection.name.value.startsWith("__")) {
      continue;
    }
    const name = selection.kind === Kind.FRAGMENT_SPREAD ? selection.name.value : undefined;
    // Cycles are another rule's finding; here they only must not loop.
    if (name !== undefined && open.has(name)) {
      continue;
    }
    const inner =
      name === undefined
        ? (selection as { selectionSet?: SelectionSetNode }).selectionSet
        : fragments.get(name)?.selectionSet;
    if (inner !== undefined) {
      const nextOpen = name === undefined ? open : new Set([...open, name]);
      const nextDepth = selection.kind === Kind.FIELD ? depth + 1 : depth;
      if (!walk(inner, nextDepth, fragments, budget, nextOpen, report)) {
        return false;
      }
    }
  }
  return true;
}
