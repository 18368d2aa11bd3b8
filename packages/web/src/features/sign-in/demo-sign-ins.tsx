import { UnstyledButton } from "@mantine/core";
import type { DemoSignIn } from "../../session/session.ts";
import classes from "./sign-in-page.module.css";

/** The people of the demo organizations; a click fills the form, the reader still presses Sign in. */
export function DemoSignIns(props: { signIns: DemoSignIn[]; onPick: (signIn: DemoSignIn) => void }) {
  const organizations = [...new Set(props.signIns.map((signIn) => signIn.organization))];
  return (
    <section className={classes.demo} aria-labelledby="demo-title">
      <h2 id="demo-title">Demo sign-ins</h2>
      <p className="muted">Choose one to fill the form.</p>
      {organizations.map((organization) => (
        <div key={organization}>
          <h3 className={classes.organization}>{organization}</h3>
          <ul className={classes.list}>
            {props.signIns
              .filter((signIn) => signIn.organization === organization)
              .map((signIn) => (
                <li key={signIn.email}>
                  <UnstyledButton className={classes.person} onClick={() => props.onPick(signIn)}>
                    <span className={classes.head}>
                      <span className={classes.name}>{signIn.name}</span>
                      <span className={classes.role}>{signIn.role}</span>
                    </span>
                    <span className={classes.email}>{signIn.email}</span>
                    {signIn.about && <span className={classes.about}>{signIn.about}</span>}
                  </UnstyledButton>
                </li>
              ))}
          </ul>
        </div>
      ))}
    </section>
  );
}
