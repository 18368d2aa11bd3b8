import { Button } from "@mantine/core";
import { CopyText } from "../../ui/copy-text.tsx";
import { Notice } from "../../ui/notice.tsx";
import classes from "./api-tokens.module.css";

/** A token just made, with its secret. */
export interface NewToken {
  id: string;
  name: string;
  secret: string;
}

/** The secret of a new token: the one moment it can be copied. */
export function NewTokenNotice(props: { made: NewToken; onDone: () => void }) {
  const { name, secret } = props.made;
  return (
    <div className={classes.made}>
      <Notice
        tone="good"
        live
        title={`${name} is made. Copy its secret now: it is shown this once.`}
        actions={
          <Button variant="default" size="compact-sm" onClick={props.onDone}>
            I have copied it
          </Button>
        }
      >
        <div className={classes.secret}>
          <CopyText value={secret} label="Copy the secret" />
        </div>
        <p className={classes.use}>
          Scripts read it from <code>REHOME_TOKEN</code>, or send it as <code>Authorization: Bearer</code>.
          Whoever has it asks in your name.
        </p>
      </Notice>
    </div>
  );
}
