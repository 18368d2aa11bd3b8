import type { ReviewState } from "@rehome/schema";
import { StatusBadge } from "../../ui/status-badge.tsx";
import { reviewStateWords } from "./review-state-words.ts";

/** Where a group's review stands. */
export function ReviewBadge(props: { group: { reviewState: ReviewState }; size?: "md" | "lg" }) {
  const word = reviewStateWords[props.group.reviewState];
  return (
    <StatusBadge tone={word.tone} size={props.size}>
      {word.label}
    </StatusBadge>
  );
}
