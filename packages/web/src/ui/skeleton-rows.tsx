import { useEffect, useState } from "react";
import classes from "./skeleton.module.css";

/** True 200 ms after mounting: what loads faster than that shows no skeleton. */
export function useSkeletonDelay(): boolean {
  const [due, setDue] = useState(false);
  useEffect(function waitBeforeSkeleton() {
    const timer = setTimeout(() => setDue(true), 200);
    return () => clearTimeout(timer);
  }, []);
  return due;
}

/** Rows of a table that is loading, at the height the real rows will have. */
export function SkeletonRows(props: { columns: number; rows: number }) {
  const due = useSkeletonDelay();
  return (
    <>
      {Array.from({ length: props.rows }, (_, row) => (
        <tr key={row} aria-hidden="true">
          {Array.from({ length: props.columns }, (__, column) => (
            <td key={column} aria-hidden="true">
              <span
                className={classes.bar}
                data-due={due || undefined}
                style={{ width: `${45 + ((row * 7 + column * 13) % 45)}%` }}
              />
            </td>
          ))}
        </tr>
      ))}
    </>
  );
}

/** A block of the given height (px) while something that is not a table loads. */
export function SkeletonBlock(props: { height: number }) {
  const due = useSkeletonDelay();
  return (
    <div className={classes.block} data-due={due || undefined} style={{ height: props.height }} aria-hidden />
  );
}
