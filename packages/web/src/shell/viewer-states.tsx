import { Button } from "@mantine/core";
import { ErrorState } from "../ui/page-states.tsx";
import { SkeletonBlock } from "../ui/skeleton-rows.tsx";
import classes from "./app-shell.module.css";

/** The frame while it is not yet known who is signed in. */
export function ShellSkeleton() {
  return (
    <div className={classes.shell} aria-busy="true">
      <div className={classes.side} />
      <div className={classes.page}>
        <div className={classes.header} />
        <main className={classes.main}>
          <h1 className="visually-hidden">Loading</h1>
          <SkeletonBlock height={320} />
        </main>
      </div>
    </div>
  );
}

/** The viewer could not be loaded: nothing can be shown without it. */
export function ShellFailure(props: { message: string; requestId: string | null; onRetry: () => void }) {
  return (
    <main className={classes.failure}>
      <h1 className="visually-hidden">Rehome</h1>
      <ErrorState
        what="Rehome could not be loaded"
        message={props.message}
        requestId={props.requestId}
        onRetry={props.onRetry}
      />
      <Button component="a" href="/sign-in" variant="subtle">
        Sign in again
      </Button>
    </main>
  );
}
