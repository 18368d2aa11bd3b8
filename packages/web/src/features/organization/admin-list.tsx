import classes from "./organization.module.css";

/** Who administers something: names with their email. */
export function AdminList(props: {
  admins: readonly { id: string; account: { name: string; email: string } }[];
  empty: string;
}) {
  if (props.admins.length === 0) {
    return <p className={`muted ${classes.list}`}>{props.empty}</p>;
  }
  return (
    <ul className={classes.list}>
      {props.admins.map((admin) => (
        <li key={admin.id}>
          {admin.account.name}
          <div className="muted">{admin.account.email}</div>
        </li>
      ))}
    </ul>
  );
}
