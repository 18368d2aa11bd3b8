import { IconFlag, IconRobot, IconUserOff } from "@tabler/icons-react";
import { personKindWords } from "../../../shared/words.ts";
import type { Column } from "../../../ui/data-table.tsx";
import { StatusBadge } from "../../../ui/status-badge.tsx";
import { TimeText } from "../../../ui/time-text.tsx";
import type { ProductUsersQuery } from "./product.generated.ts";
import classes from "./product.module.css";

type User = NonNullable<NonNullable<ProductUsersQuery["product"]>["users"]>["edges"][number]["node"];

/** The columns of a product's users. */
export const userColumns: Column<User>[] = [
  {
    id: "email",
    header: "Email",
    width: "30%",
    cell: (user) => (
      <span className={classes.breakable}>
        {user.email}
        {user.loginName && <span className={`muted ${classes.line}`}>Login {user.loginName}</span>}
        <span className={`muted ${classes.phoneOnly}`}>{user.name}</span>
      </span>
    ),
  },
  { id: "name", header: "Name", hideBelow: "sm", cell: (user) => user.name },
  { id: "role", header: "Role", hideBelow: "md", cell: (user) => user.role },
  { id: "facts", header: "Facts", cell: (user) => <UserFacts user={user} /> },
  {
    id: "account",
    header: "Account",
    hideBelow: "md",
    cell: (user) =>
      user.account ? (
        <span className={classes.breakable}>{user.account.name || user.account.email}</span>
      ) : (
        <span className={`muted ${classes.whole}`}>Not linked</span>
      ),
  },
  {
    id: "last",
    header: "Last active",
    hideBelow: "lg",
    cell: (user) =>
      user.lastActiveAt ? (
        <TimeText value={user.lastActiveAt} format="relative" />
      ) : (
        <span className="muted">Not told</span>
      ),
  },
];

function UserFacts(props: { user: User }) {
  const { user } = props;
  return (
    <span className={classes.badges}>
      {user.flag && (
        <StatusBadge tone="warn" icon={IconFlag}>
          Flagged
        </StatusBadge>
      )}
      {!user.active && (
        <StatusBadge tone="bad" icon={IconUserOff}>
          Not active
        </StatusBadge>
      )}
      {user.kind !== "PERSON" && (
        <StatusBadge tone="info" icon={user.kind === "BOT" ? IconRobot : undefined}>
          {personKindWords[user.kind]}
        </StatusBadge>
      )}
      {user.kind === "PERSON" && user.toldVerified !== null && (
        <StatusBadge tone="neutral">{user.toldVerified ? "Told verified" : "Told unverified"}</StatusBadge>
      )}
      {user.kind === "BOT" && <BotNote user={user} />}
    </span>
  );
}

/** Why nothing is to be done about a bot. */
function BotNote(props: { user: User }) {
  const { user } = props;
  if (user.authentication === "TOKEN") {
    return <span className="muted">Signs in with a token</span>;
  }
  if (user.addressConfirmedAt) {
    return <span className="muted">Address confirmed</span>;
  }
  return user.flag ? null : <span className="muted">On this product alone: goes on as before</span>;
}
