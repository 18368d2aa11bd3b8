import { Button } from "@mantine/core";
import { Link, type ErrorComponentProps } from "@tanstack/react-router";
import { PageHeader } from "../ui/page-header.tsx";
import { EmptyState, ErrorState } from "../ui/page-states.tsx";

/** An address that leads nowhere. */
export function NotFoundPage() {
  return (
    <>
      <PageHeader title="Page not found" />
      <EmptyState
        title="There is nothing at this address"
        action={
          <Button component={Link} to="/" variant="default">
            Go to My work
          </Button>
        }
      >
        The link may be old, or it was typed wrongly.
      </EmptyState>
    </>
  );
}

/** A page that broke while rendering, or whose code could not be loaded (a new version was deployed). */
export function RouteErrorPage(props: ErrorComponentProps) {
  return (
    <>
      <PageHeader title="Something went wrong" />
      <ErrorState
        what="This page could not be shown"
        message={props.error instanceof Error ? props.error.message : "An unknown error."}
        onRetry={() => window.location.reload()}
      />
    </>
  );
}
