import { Kbd, Modal, Switch } from "@mantine/core";
import { setShortcutsEnabled, useShortcutsEnabled } from "../shared/shortcuts.ts";
import classes from "./help-dialog.module.css";

const shortcuts: [keys: string[], what: string][] = [
  [["/"], "Search this page"],
  [["Ctrl", "K"], "Go to a page or migration"],
  [["g", "m"], "Migrations"],
  [["g", "a"], "Accounts"],
  [["g", "g"], "Imported groups"],
  [["g", "h"], "My work"],
  [["j"], "Next row in a queue"],
  [["k"], "Previous row in a queue"],
  [["x"], "Select the row"],
  [["e"], "Resolve and go to the next row"],
  [["?"], "This help"],
];

/** The keyboard shortcuts, and the switch that turns the single-key ones off. */
export default function HelpDialog(props: { opened: boolean; onClose: () => void }) {
  const enabled = useShortcutsEnabled();
  return (
    <Modal
      opened={props.opened}
      onClose={props.onClose}
      title="Keyboard shortcuts"
      closeButtonProps={{ "aria-label": "Close" }}
    >
      <dl className={classes.list}>
        {shortcuts.map(([keys, what]) => (
          <div key={what}>
            <dt>
              {keys.map((key) => (
                <Kbd key={key} size="sm">
                  {key}
                </Kbd>
              ))}
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <Switch
        label="Single-key shortcuts"
        checked={enabled}
        onChange={(event) => setShortcutsEnabled(event.currentTarget.checked)}
      />
    </Modal>
  );
}
