import { ActionIcon, Tooltip } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import classes from "./copy-text.module.css";

/** A value worth copying (an id, an email, a command) with its button. */
export function CopyText(props: { value: string; label?: string }) {
  const clipboard = useClipboard({ timeout: 1500 });
  const label = clipboard.copied ? "Copied" : (props.label ?? "Copy");
  return (
    <span className={classes.copy}>
      <code>{props.value}</code>
      <Tooltip label={label}>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={24}
          aria-label={label}
          onClick={() => clipboard.copy(props.value)}
        >
          {clipboard.copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
        </ActionIcon>
      </Tooltip>
    </span>
  );
}
