import { Button } from "@mantine/core";
import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import { formatCount } from "../shared/number-format.ts";
import classes from "./pager.module.css";

/** "1–50 of 4,912" with Previous and Next; `offset` is the number of rows before this page. */
export function Pager(props: {
  offset: number;
  shown: number;
  total: number | null;
  totalIsEstimate?: boolean;
  hasNext: boolean;
  onPrevious?: () => void;
  onNext: () => void;
}) {
  const to = props.offset + props.shown;
  const total =
    props.total === null ? "" : ` of ${props.totalIsEstimate ? "about " : ""}${formatCount(props.total)}`;
  return (
    <div className={classes.pager}>
      <output className="numeric">
        {props.shown === 0
          ? "Nothing to show"
          : `${formatCount(props.offset + 1)}–${formatCount(to)}${total}`}
      </output>
      <div className={classes.buttons}>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconChevronLeft size={14} />}
          disabled={!props.onPrevious}
          onClick={props.onPrevious}
        >
          Previous
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          rightSection={<IconChevronRight size={14} />}
          disabled={!props.hasNext}
          onClick={props.onNext}
        >
          Next
        </Button>
      </div>
    </div>
  );
}
