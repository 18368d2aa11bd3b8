import { useEffect, useRef, useState } from "react";
import type { MigrationProgressFieldsFragment } from "../../../shared/live/migration-live.generated.ts";
import { migrationStateWords } from "../../../shared/words.ts";
import { nextAnnouncement, type Announced } from "../announcements.ts";

/** Tells assistive technology about phases and progress, politely; a progress bar alone is not read out. */
export function ProgressAnnouncer(props: { progress: MigrationProgressFieldsFragment | null }) {
  const { progress } = props;
  const last = useRef<Announced>({ state: null, tenth: 0, at: 0 });
  const [text, setText] = useState("");
  useEffect(
    function announceProgress() {
      if (!progress) {
        return;
      }
      const snapshot = { ...progress, stateWord: migrationStateWords[progress.state].label };
      const next = nextAnnouncement(last.current, snapshot, Date.now());
      last.current = next.announced;
      if (next.text) {
        setText(next.text);
      }
    },
    [progress],
  );
  return <output className="visually-hidden">{text}</output>;
}
