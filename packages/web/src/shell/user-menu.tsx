import { Menu, UnstyledButton } from "@mantine/core";
import { useApolloClient } from "@apollo/client/react";
import { useNavigate } from "@tanstack/react-router";
import {
  IconCheck,
  IconChevronDown,
  IconKey,
  IconKeyboard,
  IconLogout,
  IconShieldLock,
  IconUser,
} from "@tabler/icons-react";
import { signOut } from "../session/session.ts";
import { useViewerContext } from "../shared/viewer.tsx";
import classes from "./user-menu.module.css";

/** Who is signed in, the organization to work in, help and Sign out. */
export function UserMenu(props: { onHelp: () => void }) {
  const { viewer, organization, chooseOrganization } = useViewerContext();
  const client = useApolloClient();
  const navigate = useNavigate();
  // Others have nothing that a script could do for them.
  const isAdministrator =
    viewer.adminSites.length > 0 || viewer.organizations.some((candidate) => candidate.viewerCanAdminister);
  const leave = async () => {
    await signOut();
    await navigate({ to: "/sign-in", search: {} });
    await client.clearStore();
  };
  return (
    <Menu position="bottom-end" width={260}>
      <Menu.Target>
        <UnstyledButton className={classes.trigger}>
          <span className="visually-hidden">Account menu, signed in as {viewer.account.name}</span>
          <span className={classes.avatar} aria-hidden>
            {initialsOf(viewer.account.name)}
          </span>
          <IconChevronDown size={14} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <div className={classes.who}>
          <div className={classes.name}>{viewer.account.name}</div>
          <div className="muted">{viewer.account.email}</div>
        </div>
        {viewer.organizations.length > 1 && (
          <>
            <Menu.Divider />
            <Menu.Label>Organization</Menu.Label>
            {viewer.organizations.map((candidate) => (
              <Menu.Item
                key={candidate.id}
                onClick={() => chooseOrganization(candidate.id)}
                rightSection={
                  candidate.id === organization?.id ? <IconCheck size={14} aria-label="current" /> : null
                }
              >
                {candidate.name}
              </Menu.Item>
            ))}
          </>
        )}
        <Menu.Divider />
        <Menu.Item leftSection={<IconUser size={16} />} onClick={() => void navigate({ to: "/me" })}>
          Your account
        </Menu.Item>
        <Menu.Item
          leftSection={<IconShieldLock size={16} />}
          onClick={() => void navigate({ to: "/me/security" })}
        >
          Security
        </Menu.Item>
        {isAdministrator && (
          <Menu.Item leftSection={<IconKey size={16} />} onClick={() => void navigate({ to: "/api-tokens" })}>
            API tokens
          </Menu.Item>
        )}
        <Menu.Item leftSection={<IconKeyboard size={16} />} onClick={props.onHelp}>
          Keyboard shortcuts
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => void leave()}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/);
  return `${words[0]?.[0] ?? ""}${words.length > 1 ? (words.at(-1)?.[0] ?? "") : ""}`.toUpperCase();
}
