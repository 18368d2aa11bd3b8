import { Button } from "@mantine/core";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { EntrancePage } from "../../ui/entrance-page.tsx";
import { FactList } from "../../ui/fact-list.tsx";
import { Notice } from "../../ui/notice.tsx";
import { SkeletonBlock } from "../../ui/skeleton-rows.tsx";
import { TimeText } from "../../ui/time-text.tsx";
import { confirmBotAddress, showBotAddress, type Answer, type BotAddress } from "./bot-address-api.ts";

const route = getRouteApi("/bot-address/$token");

/** /bot-address/…: whoever reads the mail of a bot's address confirms it, by a click: mail scanners open links. */
export function BotAddressPage() {
  const [token] = useState(route.useParams().token);
  const navigate = useNavigate();
  const [shown, setShown] = useState<Answer<BotAddress> | null>(null);
  const [done, setDone] = useState<{ email: string; productName: string } | null>(null);
  useEffect(
    function look() {
      void showBotAddress(token).then(setShown);
    },
    [token],
  );
  if (done !== null) {
    return (
      <EntrancePage
        title="The address is confirmed"
        lead={`${done.email} is the address of the bot of ${done.productName}. You can close this page.`}
      />
    );
  }
  if (shown === null) {
    return (
      <EntrancePage title="Confirm the address of a bot">
        <SkeletonBlock height={180} />
      </EntrancePage>
    );
  }
  if (shown.value === null) {
    return <Failed answer={shown} />;
  }
  return (
    <Question
      token={token}
      address={shown.value}
      onDone={(answer) => {
        setDone(answer);
        // The secret leaves the address bar and the history.
        void navigate({ to: "/bot-address/$token", params: { token: "used" }, replace: true });
      }}
    />
  );
}

function Failed(props: { answer: Answer<BotAddress> }) {
  const { isDead, problem } = props.answer;
  return (
    <EntrancePage title={isDead ? "This link does not work any more" : "The link cannot be looked at"}>
      <Notice tone={isDead ? "neutral" : "bad"} live title={problem} />
      {!isDead && (
        <Button size="md" fullWidth variant="default" onClick={() => window.location.reload()}>
          Retry
        </Button>
      )}
    </EntrancePage>
  );
}

function Question(props: {
  token: string;
  address: BotAddress;
  onDone: (answer: { email: string; productName: string }) => void;
}) {
  const { email, expiresAt, bot, organizationName, productName } = props.address;
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const confirm = async () => {
    setPending(true);
    const answer = await confirmBotAddress(props.token);
    setPending(false);
    setProblem(answer.problem);
    if (answer.value !== null) {
      props.onDone(answer.value);
    }
  };
  return (
    <EntrancePage
      title="Confirm the address of a bot"
      lead="Confirm it if the bot is yours or your team’s. No account is made and nobody is signed in."
    >
      <FactList
        facts={[
          { label: "Address", value: email },
          { label: "Bot", value: bot },
          { label: "Product", value: `${productName}, ${organizationName}` },
          { label: "The link works until", value: <TimeText value={expiresAt} /> },
        ]}
      />
      {problem !== null && <Notice tone="bad" live title={problem} />}
      <Button size="md" fullWidth loading={pending} onClick={() => void confirm()}>
        Confirm the address
      </Button>
      <p className="muted">If you do not know the bot, close this page: nothing changes.</p>
    </EntrancePage>
  );
}
