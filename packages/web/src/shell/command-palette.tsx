/* oxlint-disable jsx-a11y/prefer-tag-over-role -- a combobox over a list that also navigates has no native element */
import { useQuery } from "@apollo/client/react";
import { Modal, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useNavigate } from "@tanstack/react-router";
import { IconArrowsRightLeft, IconPlus, IconSearch } from "@tabler/icons-react";
import { useState, type ComponentType, type KeyboardEvent } from "react";
import { migrationStateWords } from "../shared/words.ts";
import classes from "./command-palette.module.css";
import type { NavigationEntry } from "./navigation.ts";
import { PaletteMigrationsDocument } from "./palette.generated.ts";

interface Entry {
  id: string;
  label: string;
  hint: string;
  icon: ComponentType<{ size?: number; stroke?: number; "aria-hidden"?: boolean }>;
  to: string;
  params?: Record<string, string>;
}

/** Goes anywhere by name: pages, and migrations by number or site. */
export default function CommandPalette(props: {
  opened: boolean;
  onClose: () => void;
  entries: NavigationEntry[];
  organizationId: string | null;
  canMigrate: boolean;
  /** Whether migrations are visible at all. */
  canWatch: boolean;
}) {
  const [text, setText] = useState("");
  const [active, setActive] = useState(0);
  const navigate = useNavigate();
  const entries = usePaletteEntries(props, text);
  const close = () => {
    setText("");
    setActive(0);
    props.onClose();
  };
  const go = (entry: Entry | undefined) => {
    if (entry) {
      close();
      void navigate({ to: entry.to, params: entry.params ?? {} });
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0 && entries.length > 0) {
      event.preventDefault();
      setActive((active + step + entries.length) % entries.length);
    } else if (event.key === "Enter") {
      event.preventDefault();
      go(entries[active]);
    }
  };
  return (
    <Modal.Root opened={props.opened} onClose={close} padding={0} yOffset="12vh" centered={false}>
      <Modal.Overlay backgroundOpacity={0.4} />
      <Modal.Content aria-label="Go to">
        <TextInput
          data-autofocus
          variant="unstyled"
          className={classes.input}
          size="md"
          role="combobox"
          aria-expanded
          aria-controls="palette-list"
          aria-activedescendant={entries[active] ? `palette-${entries[active].id}` : undefined}
          aria-label="Go to a page or migration"
          placeholder="Go to a page or migration…"
          leftSection={<IconSearch size={16} aria-hidden />}
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
            setActive(0);
          }}
          onKeyDown={onKeyDown}
        />
        <div role="listbox" id="palette-list" aria-label="Results" className={classes.list}>
          {entries.map((entry, index) => (
            <div
              key={entry.id}
              id={`palette-${entry.id}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === active}
              className={classes.entry}
              onMouseMove={() => setActive(index)}
              onClick={() => go(entry)}
              onKeyDown={onKeyDown}
            >
              <entry.icon size={16} stroke={1.7} aria-hidden />
              <span className={classes.label}>{entry.label}</span>
              <span className={classes.hint}>{entry.hint}</span>
            </div>
          ))}
        </div>
        {entries.length === 0 && <p className={classes.none}>Nothing is called “{text}”.</p>}
      </Modal.Content>
    </Modal.Root>
  );
}

function usePaletteEntries(
  props: {
    entries: NavigationEntry[];
    organizationId: string | null;
    canMigrate: boolean;
    canWatch: boolean;
  },
  text: string,
): Entry[] {
  const [search] = useDebouncedValue(text.trim(), 150);
  const { data, previousData } = useQuery(PaletteMigrationsDocument, {
    variables: { organizationId: props.organizationId ?? "", search: search || null },
    skip: !props.organizationId || !props.canWatch,
    fetchPolicy: "no-cache",
  });
  const matches = (label: string) => label.toLowerCase().includes(text.trim().toLowerCase());
  const pages: Entry[] = props.entries.map((entry) => ({
    id: entry.to.replaceAll("/", "-"),
    label: entry.label,
    hint: entry.keys ?? "",
    icon: entry.icon,
    to: entry.to,
  }));
  if (props.canMigrate) {
    pages.push({ id: "new", label: "New migration", hint: "", icon: IconPlus, to: "/migrations/new" });
  }
  const migrations = ((data ?? previousData)?.migrations.edges ?? []).map(({ node }) => ({
    id: node.id,
    label: `${node.name}  ${node.sourceSite.name} › ${node.destinationSite.name}`,
    hint: migrationStateWords[node.state].label,
    icon: IconArrowsRightLeft,
    to: "/migrations/$id",
    params: { id: node.id },
  }));
  return [...pages.filter((page) => matches(page.label)), ...migrations];
}
