import {
  GraphQLError,
  Kind,
  type ASTNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  type ValidationRule,
} from "graphql";

/** Tokens of one operation; Apollo answers 400 beyond it. */
export const maxTokens = 2_000;
/** Bytes of one request body or socket message. */
export const maxBodyBytes = 100 * 1024;

/** What an operation may have of each; test/hostile holds every operation of the web application against half of it. */
export const operationLimits = {
  /** Levels of fields, fragments included. */
  depth: 12,
  /** Fields under an alias: enough for any page, too few to multiply work. */
  aliases: 30,
  /** Directives, wherever they stand. */
  directives: 20,
  /** Fields that ask for what their selection has already. */
  duplicates: 50,
  /** One for a field, two for one with fields of its own, half as much again for every level. */
  cost: 3_000,
} as const;

/** How much an operation has of each. */
export type OperationSize = Record<keyof typeof operationLimits, number>;

const tooMuch: Record<keyof OperationSize, (most: number) => string> = {
  depth: (most) => `This operation is deeper than ${most} levels.`,
  aliases: (most) => `This operation has more than ${most} aliases.`,
  directives: (most) => `This operation has more than ${most} directives.`,
  duplicates: (most) => `This operation repeats more than ${most} fields.`,
  cost: (most) =>
    `This operation costs more than ${most}: select fewer fields, or ask in several operations.`,
};

/** Refuses operations that have too much of something; fragments count each time they are spread. */
export const limitOperations: ValidationRule = (context) => ({
  Document(document: DocumentNode) {
    for (const operation of document.definitions) {
      if (operation.kind === Kind.OPERATION_DEFINITION) {
        const size = measureOperation(document, operation);
        const passed = limitPassed(size);
        if (passed !== undefined) {
          const message = tooMuch[passed](operationLimits[passed]);
          context.reportError(new GraphQLError(message, { nodes: operation as ASTNode }));
        }
      }
    }
  },
});

function limitPassed(size: OperationSize): keyof OperationSize | undefined {
  return (Object.keys(operationLimits) as (keyof OperationSize)[]).find(
    (name) => size[name] > operationLimits[name],
  );
}

/** Measures an operation; it stops as soon as something is too much, so that measuring costs little itself. */
export function measureOperation(document: DocumentNode, operation: OperationDefinitionNode): OperationSize {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) {
      fragments.set(definition.name.value, definition);
    }
  }
  const size: OperationSize = { depth: 0, aliases: 0, cost: 0, duplicates: 0, directives: 0 };
  size.directives += operation.directives?.length ?? 0;
  walk({ size, fragments, open: new Set(), keys: new Set() }, operation.selectionSet, 1);
  return size;
}

interface Walk {
  size: OperationSize;
  fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** Fragments that are being spread, so that a circle does not loop; it is another rule's finding. */
  open: ReadonlySet<string>;
  /** What this selection has already, fragments included. */
  keys: Set<string>;
}

function walk(at: Walk, { selections }: SelectionSetNode, depth: number): void {
  for (const selection of selections) {
    at.size.directives += selection.directives?.length ?? 0;
    if (limitPassed(at.size) !== undefined) {
      return;
    }
    if (selection.kind === Kind.FIELD) {
      walkField(at, selection, depth);
    } else {
      walkFragment(at, selection, depth);
    }
  }
}

function walkField(at: Walk, field: FieldNode, depth: number): void {
  const { size } = at;
  const key = (field.alias ?? field.name).value;
  size.depth = Math.max(size.depth, depth);
  size.aliases += field.alias === undefined ? 0 : 1;
  size.duplicates += at.keys.has(key) ? 1 : 0;
  at.keys.add(key);
  size.cost += (field.selectionSet === undefined ? 1 : 2) * 1.5 ** (depth - 1);
  // The schema's own shape is bounded and has a rule of its own; the usual introspection query is deeper.
  if (field.selectionSet !== undefined && !field.name.value.startsWith("__")) {
    walk({ ...at, keys: new Set() }, field.selectionSet, depth + 1);
  }
}

function walkFragment(at: Walk, spread: Exclude<SelectionNode, FieldNode>, depth: number): void {
  if (spread.kind === Kind.INLINE_FRAGMENT) {
    // Members of a union have fields of the same names, and only one of them is answered.
    walk(
      { ...at, keys: new Set(spread.typeCondition === undefined ? at.keys : []) },
      spread.selectionSet,
      depth,
    );
    return;
  }
  const name = spread.name.value;
  const fragment = at.fragments.get(name);
  // Each spread is a step, or fragments of nothing but fragments would multiply for free.
  at.size.cost += 1;
  if (fragment !== undefined && !at.open.has(name)) {
    at.size.directives += fragment.directives?.length ?? 0;
    walk({ ...at, open: new Set([...at.open, name]) }, fragment.selectionSet, depth);
  }
}
