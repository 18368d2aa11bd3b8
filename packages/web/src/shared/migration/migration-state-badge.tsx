import {
  IconCircleCheck,
  IconCircleDashed,
  IconCircleX,
  IconClipboardCheck,
  IconHourglass,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlayerStop,
  IconRotate,
  IconShieldCheck,
  IconAlertTriangle,
} from "@tabler/icons-react";
import type { ComponentType } from "react";
import type { MigrationState } from "@rehome/schema";
import { StatusBadge } from "../../ui/status-badge.tsx";
import { migrationStateWords } from "../words.ts";

const icons: Record<MigrationState, ComponentType<{ size?: number; "aria-hidden"?: boolean }>> = {
  DRAFT: IconCircleDashed,
  CHECKING: IconRotate,
  PLANNED: IconClipboardCheck,
  APPROVED: IconClipboardCheck,
  RUNNING: IconPlayerPlay,
  PAUSED: IconPlayerPause,
  AWAITING_USERS: IconHourglass,
  VERIFYING: IconShieldCheck,
  COMPLETED: IconCircleCheck,
  COMPLETED_WITH_ATTENTION: IconAlertTriangle,
  FAILED: IconCircleX,
  CANCELLED: IconPlayerStop,
  UNDOING: IconRotate,
  UNDONE: IconRotate,
};

/** What a migration is doing now, as icon, word and colour. */
export function MigrationStateBadge(props: { state: MigrationState; size?: "md" | "lg" }) {
  const word = migrationStateWords[props.state];
  return (
    <StatusBadge tone={word.tone} icon={icons[props.state]} size={props.size}>
      {word.label}
    </StatusBadge>
  );
}
