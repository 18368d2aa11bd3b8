import type { TypedDocumentNode } from "@apollo/client";
import { useApolloClient } from "@apollo/client/react";
import { useCallback, useState, type ReactNode } from "react";
import { describeFailure } from "../apollo/errors.ts";
import { listNames } from "../ui/page-states.tsx";
import { Notice } from "../ui/notice.tsx";

/** Why an action did not happen: a refusal of the server, or a failed request. */
export interface ActionProblem {
  message: string;
  field: string | null;
  whoCanGrant: readonly string[];
  requestId: string | null;
}

interface RefusedMember {
  __typename: "Refused";
  message: string;
  field?: string | null;
  whoCanGrant?: readonly string[];
}

type Answer<TData> = Exclude<TData[keyof TData & string], RefusedMember | { __typename: "Refused" }>;

/**
 * Runs one mutation whose only field answers a union with `Refused`. `run` resolves to the granted member of
 * the union, or null after a refusal or failure, which `problem` then holds until the next run.
 */
export function useAction<TData extends object, TVariables extends Record<string, unknown>>(
  document: TypedDocumentNode<TData, TVariables>,
): {
  run: (variables: TVariables) => Promise<Answer<TData> | null>;
  pending: boolean;
  problem: ActionProblem | null;
  clear: () => void;
} {
  const client = useApolloClient();
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<ActionProblem | null>(null);
  const run = useCallback(
    async (variables: TVariables): Promise<Answer<TData> | null> => {
      setPending(true);
      setProblem(null);
      try {
        const { data } = await client.mutate<TData>({
          mutation: document as TypedDocumentNode<TData>,
          variables,
        });
        const member = Object.values(data ?? {})[0] as { __typename: string } | undefined;
        if (!member) {
          throw new Error("The server answered nothing.");
        }
        if (member.__typename === "Refused") {
          setProblem(problemOf(member as RefusedMember));
          return null;
        }
        return member as Answer<TData>;
      } catch (error) {
        const failure = describeFailure(error);
        setProblem({ ...failure, field: null, whoCanGrant: [] });
        return null;
      } finally {
        setPending(false);
      }
    },
    [client, document],
  );
  const clear = useCallback(() => setProblem(null), []);
  return { run, pending, problem, clear };
}

function problemOf(refused: RefusedMember): ActionProblem {
  return {
    message: refused.message,
    field: refused.field ?? null,
    whoCanGrant: refused.whoCanGrant ?? [],
    requestId: null,
  };
}

/** Shows why an action did not happen and who can grant it; nothing when there is no problem. */
export function ActionNotice(props: { problem: ActionProblem | null; actions?: ReactNode }) {
  const { problem } = props;
  if (!problem) {
    return null;
  }
  return (
    <Notice tone="bad" live title={problem.message} actions={props.actions}>
      {problem.whoCanGrant.length > 0 && `${listNames(problem.whoCanGrant)} can grant this.`}
      {problem.requestId && ` Request ${problem.requestId}.`}
    </Notice>
  );
}
