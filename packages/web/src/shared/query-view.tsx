import type { ReactNode } from "react";
import { describeFailure } from "../apollo/errors.ts";
import { useViewerContext } from "./viewer.tsx";
import { ErrorState, ForbiddenState } from "../ui/page-states.tsx";

/** What a query hook returns, as far as the page states need it. */
export interface QueryLike<TData> {
  data?: TData | undefined;
  previousData?: TData | undefined;
  error?: unknown;
  loading: boolean;
  refetch: () => Promise<unknown>;
}

/**
 * The states of a page's main query: skeleton, error with request id and Retry, forbidden, and the data.
 * Data that is already known stays on screen while newer data loads or fails to.
 */
export function QueryView<TData>(props: {
  query: QueryLike<TData>;
  what: string;
  skeleton: ReactNode;
  /** What somebody can do who may not see it. */
  forbiddenAction?: ReactNode;
  children: (data: TData) => ReactNode;
}) {
  const data = props.query.data ?? props.query.previousData;
  if (data !== undefined) {
    return <>{props.children(data)}</>;
  }
  if (props.query.error) {
    return (
      <QueryError
        error={props.query.error}
        what={props.what}
        refetch={props.query.refetch}
        forbiddenAction={props.forbiddenAction}
      />
    );
  }
  return <>{props.skeleton}</>;
}

/** The error or forbidden state of a failed query; `what` completes "… could not be loaded". */
export function QueryError(props: {
  error: unknown;
  what: string;
  refetch?: () => Promise<unknown>;
  forbiddenAction?: ReactNode;
}) {
  const { organization } = useViewerContext();
  const failure = describeFailure(props.error);
  // The server answers the same for what does not exist and for what is not visible.
  if (failure.code === "FORBIDDEN" || failure.code === "NOT_FOUND") {
    return (
      <ForbiddenState
        title={`You may not see ${props.what}`}
        whoCanGrant={organization?.admins.map((admin) => admin.account.name)}
        action={props.forbiddenAction}
      >
        {failure.message}
      </ForbiddenState>
    );
  }
  const refetch = props.refetch;
  return (
    <ErrorState
      what={`${props.what.charAt(0).toUpperCase()}${props.what.slice(1)} could not be loaded`}
      message={failure.message}
      requestId={failure.requestId}
      onRetry={refetch ? () => void refetch().catch(() => undefined) : undefined}
    />
  );
}

/** The answer for an id that does not exist or belongs to someone else: the same for both. */
export function NotFoundState(props: { what: string; action?: ReactNode }) {
  return (
    <ForbiddenState title={`${props.what} was not found`}>
      It does not exist, or it is not visible to you.
      {props.action}
    </ForbiddenState>
  );
}
