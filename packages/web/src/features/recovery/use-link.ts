import { useNavigate, useParams, useRouterState } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import {
  callRecovery,
  type LinkInfo,
  type LinkPurpose,
  type RecoveryProblem,
} from "../../shared/recovery/recovery-api.ts";

/** A link from a mail: looked at first, used by a click. Looking uses nothing up, as mail scanners follow links too. */
export interface OpenedLink {
  secret: string;
  /** Null while looking, and when it does not work. */
  info: LinkInfo | null;
  problem: RecoveryProblem | null;
  /** Takes the secret out of the address bar and the history, once the link is used. */
  strip: () => void;
}

/** Looks at the link of the present page. */
export function useLink(purpose: LinkPurpose): OpenedLink {
  const params: { secret?: string } = useParams({ strict: false });
  const [secret] = useState(params.secret ?? "");
  const [info, setInfo] = useState<LinkInfo | null>(null);
  const [problem, setProblem] = useState<RecoveryProblem | null>(null);
  const navigate = useNavigate();
  const path = useRouterState({ select: ({ location }) => location.pathname });
  useEffect(
    function look() {
      void callRecovery<LinkInfo>("/proof", { secret, purpose }).then((answer) => {
        setInfo(answer.value);
        setProblem(answer.problem);
      });
    },
    [secret, purpose],
  );
  return {
    secret,
    info,
    problem,
    strip: () => void navigate({ to: `/${path.split("/")[1]}/used`, replace: true }),
  };
}
