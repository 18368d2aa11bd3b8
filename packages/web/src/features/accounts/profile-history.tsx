import { roleWords } from "../../shared/role-words.ts";
import { Panel } from "../../ui/panel.tsx";
import { TimeText } from "../../ui/time-text.tsx";
import classes from "./accounts.module.css";
import type { ProfileFieldsFragment } from "./profile.generated.ts";

/** Admin roles and memberships of a person. */
export function ProfileRoles(props: { roles: ProfileFieldsFragment["roles"] }) {
  return (
    <Panel title="Roles" flush>
      {props.roles.length === 0 ? (
        <p className={`muted ${classes.list}`}>No admin role.</p>
      ) : (
        <ul className={classes.list}>
          {props.roles.map((role) => (
            <li key={role.id}>
              {roleWords[role.role]}
              <span className="muted">
                {role.site && ` of ${role.site.name}`}
                {role.product && ` of ${role.product.name}`}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

/** What happened to a person, newest first. */
export function ProfileHistory(props: { history: ProfileFieldsFragment["history"] }) {
  return (
    <Panel title="History" flush>
      {props.history.length === 0 ? (
        <p className={`muted ${classes.list}`}>Nothing recorded yet.</p>
      ) : (
        <ol className={classes.history}>
          {props.history.map((entry) => (
            <li key={entry.id}>
              <span>{entry.summary}</span>
              <span className="muted">
                {entry.actor?.name ?? "The system"}, <TimeText value={entry.at} format="relative" />
              </span>
            </li>
          ))}
        </ol>
      )}
    </Panel>
  );
}
