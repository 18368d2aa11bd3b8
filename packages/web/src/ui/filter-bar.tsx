import { NativeSelect } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./filter-bar.module.css";

/** The line of search and filters above a table. */
export function FilterBar(props: { children: ReactNode; end?: ReactNode }) {
  return (
    <search className={classes.bar}>
      {props.children}
      {props.end && <div className={classes.end}>{props.end}</div>}
    </search>
  );
}

/** One filter with a fixed set of values; "" stands for all. */
export function FilterSelect<Value extends string>(props: {
  label: string;
  all: string;
  value: Value | undefined;
  options: readonly { value: Value; label: string }[];
  onChange: (value: Value | undefined) => void;
}) {
  return (
    <NativeSelect
      aria-label={props.label}
      value={props.value ?? ""}
      data={[{ value: "", label: props.all }, ...props.options]}
      onChange={(event) => props.onChange((event.currentTarget.value || undefined) as Value | undefined)}
    />
  );
}
