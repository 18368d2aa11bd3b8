import {
  isObjectType,
  Kind,
  print,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type DocumentNode,
  type FieldNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from "graphql";
import { Extensions } from "type-graphql";

/** What two operations have in common when the same value gives both of them the same bytes. */
export interface SharedShape {
  text: string;
  /** Variables that the selections use, in a fixed order; where to begin is not among them. */
  variables: readonly string[];
}

/**
 * Names the arguments of a subscription that only say where to begin: subscribers who differ in nothing else get the
 * same bytes. Its resolver must not read them.
 */
export function BeginsAt(...names: string[]): MethodDecorator {
  return Extensions({ beginsAt: names }) as MethodDecorator;
}

/**
 * The operation's shape if its answer depends on the value alone: below the subscription's own field there is no
 * field with a resolver of its own, such as one that asks who is reading. Null for every other operation.
 */
export function shapeOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): SharedShape | null {
  const root = onlyField(operation);
  const definition = root === null ? undefined : schema.getSubscriptionType()?.getFields()[root.name.value];
  if (root === null || definition === undefined || !readsValuesOnly(schema, document, root)) {
    return null;
  }
  const beginsAt = (definition.extensions.beginsAt ?? []) as readonly string[];
  const bare = {
    ...root,
    arguments: root.arguments?.filter((argument) => !beginsAt.includes(argument.name.value)),
  };
  const body = {
    ...operation,
    name: undefined,
    variableDefinitions: [],
    selectionSet: { ...operation.selectionSet, selections: [bare] },
  };
  const others = document.definitions.filter(
    (other) => other !== operation && other.kind === Kind.FRAGMENT_DEFINITION,
  );
  const trimmed: DocumentNode = { kind: Kind.DOCUMENT, definitions: [body, ...others] };
  const used = new Set<string>();
  visit(trimmed, { Variable: (node) => void used.add(node.name.value) });
  const variableDefinitions = operation.variableDefinitions?.filter((variable) =>
    used.has(variable.variable.name.value),
  );
  const text = print({ ...trimmed, definitions: [{ ...body, variableDefinitions }, ...others] });
  return { text, variables: [...used].toSorted() };
}

/** The operation's one field, when it stands there plainly: a directive or fragment may leave it out. */
function onlyField(operation: OperationDefinitionNode): FieldNode | null {
  const [field, ...more] = operation.selectionSet.selections;
  const isPlain = field?.kind === Kind.FIELD && (field.directives ?? []).length === 0 && more.length === 0;
  return isPlain && (operation.directives ?? []).length === 0 ? field : null;
}

function readsValuesOnly(schema: GraphQLSchema, document: DocumentNode, root: FieldNode): boolean {
  const types = new TypeInfo(schema);
  let only = true;
  visit(
    document,
    visitWithTypeInfo(types, {
      Field(node) {
        const field = types.getFieldDef();
        const isOwn =
          node !== root &&
          node.name.value !== "__typename" &&
          !(isObjectType(types.getParentType()) && field?.extensions.readsParentOnly === true);
        only &&= !isOwn;
      },
    }),
  );
  return only;
}
