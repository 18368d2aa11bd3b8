import { useQuery } from "@apollo/client/react";
import { Button } from "@mantine/core";
import { useEffect, useState, type ReactNode } from "react";
import { describeFailure } from "../../apollo/errors.ts";
import { fetchSession, signOut, type SessionUser } from "../../session/session.ts";
import { nameKind } from "../../shared/name-kind.ts";
import { ActionNotice, useAction } from "../../shared/use-action.tsx";
import { EmailText } from "../../ui/email-text.tsx";
import { EntrancePage } from "../../ui/entrance-page.tsx";
import { FactList } from "../../ui/fact-list.tsx";
import { Notice } from "../../ui/notice.tsx";
import { TimeText } from "../../ui/time-text.tsx";
import {
  ConfirmServiceConnectionDocument,
  ServiceLinkDocument,
  type ServiceLinkQuery,
} from "./connect.generated.ts";
import { LinkGate } from "./link-states.tsx";
import { useLink, type OpenedLink } from "./use-link.ts";

type ShownLink = Extract<ServiceLinkQuery["serviceLink"], { __typename: "ServiceLink" }>;

const title = "Connect a login";

/** /connect/…: a login of a product is connected by a click, in a session of the account that asked for it. */
export function ConnectPage() {
  const link = useLink("LINK_SERVICE");
  const [session, setSession] = useState<SessionUser | null | undefined>(undefined);
  useEffect(function lookWhoIsHere() {
    void fetchSession()
      .catch(() => null)
      .then(setSession);
  }, []);
  const [connected, setConnected] = useState<string | null>(null);
  if (connected !== null) {
    return (
      <EntrancePage
        title={`${connected} is connected`}
        lead="Your account uses it with this login from now on."
      >
        <ServicesLink>Your services</ServicesLink>
      </EntrancePage>
    );
  }
  return (
    <LinkGate link={link} title={title} again={null}>
      {session === undefined ? (
        <EntrancePage title={title} />
      ) : session === null ? (
        <SignInFirst link={link} />
      ) : (
        <SignedIn
          link={link}
          onConnected={(product) => {
            setConnected(product);
            link.strip();
          }}
        />
      )}
    </LinkGate>
  );
}

/** Whoever opens the link alone cannot use it. */
function SignInFirst(props: { link: OpenedLink }) {
  const { info, secret } = props.link;
  return (
    <EntrancePage
      title="Sign in to connect this login"
      lead={`The link was mailed to ${info?.email ?? ""}. It connects the login there to the account of ${info?.accountEmail ?? ""}, and only that account can use it.`}
    >
      <Button
        size="md"
        fullWidth
        component="a"
        href={`/sign-in?to=${encodeURIComponent(`/connect/${secret}`)}`}
      >
        Sign in as {info?.accountEmail}
      </Button>
    </EntrancePage>
  );
}

function SignedIn(props: { link: OpenedLink; onConnected: (product: string) => void }) {
  const { secret } = props.link;
  // What a link is about is asked anew each time: it may have been used or taken back.
  const query = useQuery(ServiceLinkDocument, { variables: { secret }, fetchPolicy: "network-only" });
  const shown = query.data?.serviceLink;
  if (query.error) {
    return (
      <EntrancePage title={title}>
        <Notice tone="bad" live title={describeFailure(query.error).message} />
        <Button size="md" fullWidth variant="default" onClick={() => window.location.reload()}>
          Retry
        </Button>
      </EntrancePage>
    );
  }
  if (shown === undefined) {
    return <EntrancePage title={title} />;
  }
  if (shown.__typename === "Refused") {
    const isOthers = shown.code === "NOT_PERMITTED";
    return (
      <EntrancePage title={isOthers ? "This link is for another account" : "This login is not connected"}>
        <Notice tone={isOthers ? "warn" : "bad"} live title={shown.message} />
        {isOthers ? (
          <Button size="md" fullWidth onClick={() => void signOutHere()}>
            Sign out
          </Button>
        ) : (
          <ServicesLink>Your services</ServicesLink>
        )}
      </EntrancePage>
    );
  }
  return <Confirm link={shown} secret={secret} onConnected={props.onConnected} />;
}

/** What will be connected with what, and the click that does it. */
function Confirm(props: { link: ShownLink; secret: string; onConnected: (product: string) => void }) {
  const { accountEmail, email, expiresAt, loginName, moves, product, replaces } = props.link;
  const action = useAction(ConfirmServiceConnectionDocument);
  const [idempotencyKey] = useState(() => crypto.randomUUID());
  const connect = async () => {
    if (await action.run({ input: { secret: props.secret, idempotencyKey } })) {
      props.onConnected(product.name);
    }
  };
  return (
    <EntrancePage
      title={`Connect ${product.name}`}
      lead="Your account uses the product with this login from now on."
      foot={<a href="/me/services">Do not connect it</a>}
    >
      <FactList
        wide
        facts={[
          {
            label: "Product",
            value: `${product.name}, ${nameKind(product.kind)} of ${product.organizationName}`,
          },
          { label: "Login", value: <Login email={email} name={loginName} /> },
          { label: "Your account", value: <EmailText email={accountEmail} /> },
          { label: "Works until", value: <TimeText value={expiresAt} /> },
        ]}
      />
      {replaces && (
        <Notice tone="info" title={`It takes the place of ${replaces}`}>
          That login is on no account afterwards, and its address is told.
        </Notice>
      )}
      {moves && (
        <Notice tone="warn" title="It is on another account now">
          It goes from there to yours, and the owner of that account is told.
        </Notice>
      )}
      <ActionNotice problem={action.problem} />
      <Button size="md" fullWidth loading={action.pending} onClick={() => void connect()}>
        Connect
      </Button>
    </EntrancePage>
  );
}

function Login(props: { email: string; name: string }) {
  return (
    <>
      <EmailText email={props.email} />
      {props.name !== "" && `, ${props.name}`}
    </>
  );
}

function ServicesLink(props: { children: ReactNode }) {
  return (
    <Button size="md" fullWidth component="a" href="/me/services">
      {props.children}
    </Button>
  );
}

async function signOutHere(): Promise<void> {
  await signOut();
  window.location.reload();
}
