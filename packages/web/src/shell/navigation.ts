import {
  IconAddressBook,
  IconApi,
  IconArrowsRightLeft,
  IconBuilding,
  IconHistory,
  IconHome,
  IconMail,
  IconUserShield,
  IconUsersGroup,
} from "@tabler/icons-react";
import type { ComponentType } from "react";

/** What decides whether an entry is shown: the server's viewerCan… answers. */
export interface NavigationRights {
  canMigrate: boolean;
  /** The organization or one of its sites. */
  canAdminister: boolean;
  canAudit: boolean;
  /** Whether this is a development server that shows its mail. */
  hasOutbox: boolean;
  /** A product of the organization. */
  ownsProduct: boolean;
}

/** One entry of the left navigation. `badge` names the live count shown beside it, `keys` its shortcut. */
export interface NavigationEntry {
  label: string;
  to: string;
  icon: ComponentType<{ size?: number; stroke?: number; "aria-hidden"?: boolean }>;
  badge?: "attention" | "groups";
  keys?: string;
  isShown: (rights: NavigationRights) => boolean;
}

/** The left navigation, top to bottom; the palette lists the same pages. */
export const navigation: NavigationEntry[] = [
  { label: "My work", to: "/", icon: IconHome, badge: "attention", keys: "g h", isShown: () => true },
  {
    label: "Migrations",
    to: "/migrations",
    icon: IconArrowsRightLeft,
    keys: "g m",
    isShown: (rights) => rights.canMigrate || rights.canAdminister || rights.canAudit,
  },
  {
    label: "Imported groups",
    to: "/groups/review",
    icon: IconUsersGroup,
    badge: "groups",
    keys: "g g",
    isShown: (rights) => rights.canMigrate || rights.canAdminister || rights.canAudit,
  },
  {
    label: "Accounts",
    to: "/accounts",
    icon: IconAddressBook,
    keys: "g a",
    isShown: (rights) => rights.canMigrate || rights.canAdminister || rights.canAudit,
  },
  {
    label: "Organization",
    to: "/organization",
    icon: IconBuilding,
    keys: "g o",
    isShown: (rights) => rights.canMigrate || rights.canAdminister,
  },
  {
    label: "People and roles",
    to: "/organization/people",
    icon: IconUserShield,
    keys: "g p",
    isShown: (rights) => rights.canAdminister || rights.ownsProduct,
  },
  { label: "Audit log", to: "/audit", icon: IconHistory, isShown: (rights) => rights.canAudit },
  { label: "API", to: "/api", icon: IconApi, isShown: () => true },
  { label: "Outbox", to: "/outbox", icon: IconMail, isShown: (rights) => rights.hasOutbox },
];
