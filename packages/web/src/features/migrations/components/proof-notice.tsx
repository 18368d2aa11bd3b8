import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { formatCount, formatNumberOf } from "../../../shared/number-format.ts";
import { Notice } from "../../../ui/notice.tsx";
import type { ProofVerdictFragment } from "../access-proof.generated.ts";

type Proof = NonNullable<ProofVerdictFragment["proof"]>;

/** Says loudly that a run's proof fails: how much, and whom to look at. Nothing while it holds. */
export function ProofFailedNotice(props: { proof: Proof | null; actions?: ReactNode }) {
  const { proof } = props;
  if (proof?.verdict !== "FAILED") {
    return null;
  }
  const people =
    proof.unexplainedPeople === 1 ? "1 person" : `${formatCount(proof.unexplainedPeople)} people`;
  return (
    <Notice
      tone="bad"
      live
      title={`Access proof failed: ${formatNumberOf(proof.unexplained, "change")} in access of ${people} cannot be explained`}
      actions={props.actions}
    >
      {lookAt(proof)} Nothing in the plan, its approvals or its upgrades accounts for it.
    </Notice>
  );
}

/** The link from anywhere on the page to the entries in question. */
export function ShowUnexplained(props: { migrationId: string }) {
  return (
    <Link
      to="/migrations/$id"
      params={{ id: props.migrationId }}
      search={{ tab: "proof", unexplained: true }}
    >
      Show them
    </Link>
  );
}

function lookAt(proof: Proof): string {
  const named = proof.unexplainedExamples.slice(0, 3);
  const more = proof.unexplainedPeople - named.length;
  return `Look at ${named.join(", ")}${more > 0 ? ` and ${formatCount(more)} more` : ""}.`;
}
