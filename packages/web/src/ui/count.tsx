import { formatCount } from "../shared/number-format.ts";

/** A number with separators and tabular numerals; a dash while it is not known (never a zero that is not known). */
export function Count(props: { value: number | null | undefined }) {
  return (
    <span className="numeric">
      {props.value == null ? <span aria-label="not known yet">–</span> : formatCount(props.value)}
    </span>
  );
}
