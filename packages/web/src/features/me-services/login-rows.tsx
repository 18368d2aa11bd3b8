import { Button, Group } from "@mantine/core";
import { nameKind } from "../../shared/name-kind.ts";
import { ActionNotice, useAction } from "../../shared/use-action.tsx";
import { useViewer } from "../../shared/viewer.tsx";
import { EmailText } from "../../ui/email-text.tsx";
import { ListRow } from "../../ui/row-list.tsx";
import { StatusBadge } from "../../ui/status-badge.tsx";
import { TimeText } from "../../ui/time-text.tsx";
import {
  RequestServiceConnectionDocument,
  type ConnectedServiceFieldsFragment,
  type OfferedLoginFieldsFragment,
  type ServiceProductFieldsFragment,
} from "./me-services.generated.ts";
import classes from "./me-services.module.css";

/** A login of the account: which, since when, and what to do about it. */
export function ConnectedRow(props: {
  login: ConnectedServiceFieldsFragment;
  onChange: () => void;
  onDisconnect: () => void;
}) {
  const { active, email, linkedAt, loginName, product } = props.login;
  return (
    <ListRow
      title={
        <>
          {product.name}
          {!active && <StatusBadge tone="warn">Inactive there</StatusBadge>}
        </>
      }
      detail={describeProduct(product)}
      middle={
        <div className={classes.login}>
          <span>
            <EmailText email={email} />
          </span>
          {loginName !== "" && <span>Login {loginName}</span>}
          <span className="muted">
            Connected <TimeText value={linkedAt} format="relative" />
          </span>
        </div>
      }
      action={
        <Group gap={8}>
          <Button
            size="xs"
            variant="default"
            aria-label={`Change account of ${product.name}`}
            onClick={props.onChange}
          >
            Change account…
          </Button>
          <Button
            size="xs"
            variant="subtle"
            color="gray"
            aria-label={`Disconnect ${product.name}`}
            onClick={props.onDisconnect}
          >
            Disconnect…
          </Button>
        </Group>
      }
    />
  );
}

/** A login with the account's own email: one click sends the mail. */
export function OfferedRow(props: {
  login: OfferedLoginFieldsFragment;
  isWaiting: boolean;
  onAsked: () => void;
}) {
  const { loginName, obstacle, product } = props.login;
  const { account } = useViewer();
  const action = useAction(RequestServiceConnectionDocument);
  const connect = async () => {
    if (await action.run({ input: { productId: product.id, email: account.email, loginName } })) {
      props.onAsked();
    }
  };
  return (
    <>
      <ListRow
        title={product.name}
        detail={describeProduct(product)}
        middle={
          <div className={classes.login}>
            <span>
              <EmailText email={account.email} />
            </span>
            {loginName !== "" && <span>Login {loginName}</span>}
            {obstacle && <span className="muted">{obstacle}</span>}
          </div>
        }
        action={
          obstacle === null &&
          (props.isWaiting ? (
            <StatusBadge tone="warn">Waiting</StatusBadge>
          ) : (
            <Button
              size="xs"
              loading={action.pending}
              aria-label={`Connect ${loginName === "" ? "" : `the login ${loginName} of `}${product.name}`}
              onClick={() => void connect()}
            >
              Connect
            </Button>
          ))
        }
      />
      {action.problem && (
        <li className={classes.problem}>
          <ActionNotice problem={action.problem} />
        </li>
      )}
    </>
  );
}

/** "Statuspage of Northwind"; one on a server says that it keeps its own sign-in. */
export function describeProduct({
  hosting,
  kind,
  organizationName,
}: Pick<ServiceProductFieldsFragment, "hosting" | "kind" | "organizationName">): string {
  const where = hosting === "SERVER" ? ", on a server with a sign-in of its own" : "";
  return `${nameKind(kind)} of ${organizationName}${where}`;
}
