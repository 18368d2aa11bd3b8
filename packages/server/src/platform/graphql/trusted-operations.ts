import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { GraphQLError, Kind, parse, print, visit, type DefinitionNode, type DocumentNode } from "graphql";
import type { SignedIn } from "./context.ts";
import { maxTokens } from "./limits.ts";

/** Which operations a browser's session may send. */
export interface TrustedOperations {
  /** The refusal, or null where the document is one of the web application's own or the caller may write their own. */
  refuse(caller: SignedIn | null, text: string): GraphQLError | null;
}

/**
 * SHA-256 of what a document asks for, however it is written: without `__typename`, which clients add, its definitions
 * in the order of their names.
 */
export function hashDocument(document: DocumentNode): string {
  const bare = visit(document, { Field: (field) => (field.name.value === "__typename" ? null : undefined) });
  const texts = bare.definitions.toSorted((one, other) => (nameOf(one) < nameOf(other) ? -1 : 1)).map(print);
  return createHash("sha256").update(texts.join("\n")).digest("hex");
}

function nameOf(definition: DefinitionNode): string {
  const isNamed =
    definition.kind === Kind.OPERATION_DEFINITION || definition.kind === Kind.FRAGMENT_DEFINITION;
  return `${definition.kind} ${isNamed ? (definition.name?.value ?? "") : ""}`;
}

/** Browsers send the same few documents; their verdicts are kept. */
const keptVerdicts = 1_000;

/**
 * Reads the list that the web application's build wrote.
 * @throws Error when there is none
 */
export function readTrustedOperations(file: string): TrustedOperations {
  if (!existsSync(file)) {
    throw new Error(
      `REHOME_TRUSTED_OPERATIONS=only needs the list of the web application's operations, and ${file} is not there. Build it (pnpm build), or set REHOME_WEB_DIR to a whole build.`,
    );
  }
  const trusted = new Set(Object.values(JSON.parse(readFileSync(file, "utf8")) as Record<string, string>));
  const verdicts = new Map<string, boolean>();
  const isTrusted = (text: string): boolean => {
    const known = verdicts.get(text);
    if (known !== undefined) {
      return known;
    }
    const verdict = trusted.has(hashText(text));
    if (verdicts.size >= keptVerdicts) {
      verdicts.delete(verdicts.keys().next().value ?? "");
    }
    verdicts.set(text, verdict);
    return verdict;
  };
  return {
    refuse(caller, text) {
      // Programs write their own; nobody who is not signed in reads anything with theirs.
      const isFree = caller === null || caller.token !== undefined || caller.asksFreely === true;
      return isFree || isTrusted(text) ? null : untrusted();
    },
  };
}

/** "" for what cannot be read, which is no hash. */
function hashText(text: string): string {
  try {
    return hashDocument(parse(text, { maxTokens, noLocation: true }));
  } catch {
    return "";
  }
}

function untrusted(): GraphQLError {
  return new GraphQLError(
    "This server answers a browser's session only what the web application asks. Write operations of your own in the API explorer as an admin, or send them with an API token.",
    { extensions: { code: "FORBIDDEN" } },
  );
}
