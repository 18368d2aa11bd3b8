import { useQuery } from "@apollo/client/react";
import { ActionIcon, Burger, Button, Drawer, Kbd } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { Outlet, useNavigate, useRouter } from "@tanstack/react-router";
import { IconSearch } from "@tabler/icons-react";
import { lazy, Suspense, useEffect, useState } from "react";
import { describeFailure } from "../apollo/errors.ts";
import { useShortcuts } from "../shared/shortcuts.ts";
import { CurrentViewerDocument } from "../shared/viewer.generated.ts";
import { useViewerContext, ViewerProvider } from "../shared/viewer.tsx";
import { consumePageFocus, requestPageFocus } from "../ui/page-focus.ts";
import classes from "./app-shell.module.css";
import { ConnectionPill } from "./connection-pill.tsx";
import { GroupsBanner } from "./groups-banner.tsx";
import { navigation } from "./navigation.ts";
import { SideNavigation } from "./side-navigation.tsx";
import { useHasOutbox } from "../shared/use-has-outbox.ts";
import { useShellCounts } from "./use-shell-counts.ts";
import { UserMenu } from "./user-menu.tsx";
import { ShellFailure, ShellSkeleton } from "./viewer-states.tsx";

const CommandPalette = lazy(() => import("./command-palette.tsx"));
const HelpDialog = lazy(() => import("./help-dialog.tsx"));

/** The frame around every page: loads who is signed in, then navigation, header and the page itself. */
export function AppShell() {
  const { data, error, refetch } = useQuery(CurrentViewerDocument);
  if (data) {
    return (
      <ViewerProvider viewer={data.viewer}>
        <ShellFrame />
      </ViewerProvider>
    );
  }
  if (error) {
    const failure = describeFailure(error);
    return (
      <ShellFailure
        message={failure.message}
        requestId={failure.requestId}
        onRetry={() => void refetch().catch(() => undefined)}
      />
    );
  }
  return <ShellSkeleton />;
}

function ShellFrame() {
  const { viewer, organization } = useViewerContext();
  const [menuOpen, setMenuOpen] = useState(false);
  const [paletteOpen, setPaletteOpen] = useState(false);
  const [helpOpen, setHelpOpen] = useState(false);
  const rights = {
    canMigrate: viewer.viewerCanMigrate,
    canAdminister:
      (organization?.viewerCanAdminister ?? false) ||
      viewer.adminSites.some((site) => site.organization.id === organization?.id),
    canAudit: viewer.viewerCanAudit,
    hasOutbox: useHasOutbox(),
    ownsProduct: viewer.roles.some(({ role }) => role === "PRODUCT_OWNER"),
  };
  const mayWatch = rights.canMigrate || rights.canAdminister || rights.canAudit;
  const counts = useShellCounts(mayWatch ? (organization?.id ?? null) : null);
  const entries = navigation.filter((entry) => entry.isShown(rights));
  useFocusOnNavigation();
  useGlobalKeys(
    entries,
    () => setPaletteOpen(true),
    () => setHelpOpen(true),
  );
  const side = (
    <SideNavigation
      organizationName={organization?.name ?? null}
      entries={entries}
      counts={counts}
      onNavigate={() => setMenuOpen(false)}
    />
  );
  return (
    <div className={classes.shell}>
      <a className={classes.skip} href="#main">
        Skip to content
      </a>
      <div className={classes.side}>{side}</div>
      <Drawer.Root opened={menuOpen} onClose={() => setMenuOpen(false)} size={260} padding={0}>
        <Drawer.Overlay />
        <Drawer.Content aria-label="Navigation">
          <div className={classes.drawer}>{side}</div>
        </Drawer.Content>
      </Drawer.Root>
      <div className={classes.page}>
        <header className={classes.header}>
          <Burger
            className={classes.burger}
            opened={menuOpen}
            onClick={() => setMenuOpen(true)}
            aria-label="Open navigation"
            size="sm"
          />
          <PaletteButton onClick={() => setPaletteOpen(true)} />
          <div className={classes.headerEnd}>
            <ConnectionPill />
            <UserMenu onHelp={() => setHelpOpen(true)} />
          </div>
        </header>
        <GroupsBanner count={rights.canMigrate || rights.canAdminister ? counts.groups : null} />
        <main id="main" tabIndex={-1} className={classes.main}>
          <div className={classes.content}>
            <Outlet />
          </div>
        </main>
      </div>
      <Suspense>
        {paletteOpen && (
          <CommandPalette
            opened
            onClose={() => setPaletteOpen(false)}
            entries={entries}
            organizationId={organization?.id ?? null}
            canMigrate={rights.canMigrate}
            canWatch={mayWatch}
          />
        )}
        {helpOpen && <HelpDialog opened onClose={() => setHelpOpen(false)} />}
      </Suspense>
    </div>
  );
}

function PaletteButton(props: { onClick: () => void }) {
  return (
    <>
      <Button
        className={classes.palette}
        variant="default"
        size="xs"
        leftSection={<IconSearch size={14} />}
        rightSection={
          <Kbd size="xs" aria-hidden>
            Ctrl K
          </Kbd>
        }
        onClick={props.onClick}
      >
        Go to…
      </Button>
      <ActionIcon
        className={classes.paletteSmall}
        variant="subtle"
        color="gray"
        size={32}
        aria-label="Go to a page or migration"
        onClick={props.onClick}
      >
        <IconSearch size={18} />
      </ActionIcon>
    </>
  );
}

/** A change of path moves the focus to the new page's heading, so that it is read out. */
function useFocusOnNavigation(): void {
  const router = useRouter();
  useEffect(
    function focusHeadingOnPathChange() {
      const stopBefore = router.subscribe("onBeforeNavigate", (event) => {
        if (event.pathChanged && event.fromLocation) {
          requestPageFocus();
        }
      });
      const stopAfter = router.subscribe("onRendered", () => {
        const heading = document.querySelector<HTMLElement>("main h1[tabindex]");
        if (heading && consumePageFocus()) {
          heading.focus({ preventScroll: true });
        }
      });
      return () => {
        stopBefore();
        stopAfter();
      };
    },
    [router],
  );
}

function useGlobalKeys(
  entries: { keys?: string; to: string }[],
  openPalette: () => void,
  openHelp: () => void,
): void {
  const navigate = useNavigate();
  // Works inside fields too: it is a chord, not a letter.
  useHotkeys([["mod+K", openPalette]], []);
  const pages = entries.flatMap((entry) =>
    entry.keys ? [[entry.keys, () => void navigate({ to: entry.to })] as const] : [],
  );
  useShortcuts({
    "/": () => document.querySelector<HTMLInputElement>("[data-page-search]")?.focus(),
    "?": openHelp,
    ...Object.fromEntries(pages),
  });
}
