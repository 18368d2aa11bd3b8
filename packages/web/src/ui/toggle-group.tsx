import { useId, type ReactNode } from "react";
import classes from "./toggle-group.module.css";

/** A choice of one among few, side by side: native radios. `icon` replaces the visible word, which is still read out. */
export function ToggleGroup<Value extends string>(props: {
  label: string;
  value: Value;
  options: readonly { value: Value; label: string; icon?: ReactNode }[];
  onChange: (value: Value) => void;
  fullWidth?: boolean;
}) {
  const name = useId();
  return (
    <fieldset className={classes.group} data-full={props.fullWidth || undefined}>
      <legend className="visually-hidden">{props.label}</legend>
      {props.options.map((option) => (
        <label key={option.value} className={classes.option} title={option.icon ? option.label : undefined}>
          <input
            type="radio"
            name={name}
            className="visually-hidden"
            checked={option.value === props.value}
            onChange={() => props.onChange(option.value)}
          />
          {option.icon}
          <span className={option.icon ? "visually-hidden" : undefined}>{option.label}</span>
        </label>
      ))}
    </fieldset>
  );
}
