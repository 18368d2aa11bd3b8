import { Button } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import { IconCheck, IconCopy, IconDownload } from "@tabler/icons-react";
import { Notice } from "../../ui/notice.tsx";
import classes from "./security.module.css";

/** Ten new codes: the one moment they can be kept. */
export function RecoveryCodes(props: { codes: string[]; email: string; onDone: () => void }) {
  const clipboard = useClipboard({ timeout: 1500 });
  const text = props.codes.join("\n");
  return (
    <div className={classes.narrow}>
      <Notice tone="warn" live title="Keep these codes now: they are shown this once">
        Each lets you in once when you do not have your authenticator app. Keep them where you keep a spare
        key, not on the same phone.
      </Notice>
      <ol className={classes.codes} aria-label="Recovery codes">
        {props.codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ol>
      <div className={classes.buttons}>
        <Button
          variant="default"
          leftSection={
            clipboard.copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />
          }
          onClick={() => clipboard.copy(text)}
        >
          {clipboard.copied ? "Copied" : "Copy"}
        </Button>
        <Button
          variant="default"
          component="a"
          leftSection={<IconDownload size={16} aria-hidden />}
          href={`data:text/plain;charset=utf-8,${encodeURIComponent(describeFile(props.email, text))}`}
          download="rehome-recovery-codes.txt"
        >
          Download
        </Button>
        <Button onClick={props.onDone}>I have kept them</Button>
      </div>
    </div>
  );
}

function describeFile(email: string, codes: string): string {
  return `Recovery codes of ${email} for Rehome. Each works once.\n\n${codes}\n`;
}
