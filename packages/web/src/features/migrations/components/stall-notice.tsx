import type { MigrationProgressFieldsFragment } from "../../../shared/live/migration-live.generated.ts";
import { Notice } from "../../../ui/notice.tsx";
import { TimeText } from "../../../ui/time-text.tsx";
import type { DetailedMigration } from "../migration-page.tsx";

/** Why nothing moves and what somebody can do; it goes by itself when the migration moves again. */
export function StallNotice(props: {
  stall: NonNullable<MigrationProgressFieldsFragment["stall"]>;
  worker: DetailedMigration["worker"];
}) {
  const { stall, worker } = props;
  return (
    <Notice tone="bad" live title={`Stalled. ${stall.reason}`}>
      <p>{inCode(stall.whatToDo)}</p>
      <p className="muted">
        It last moved <TimeText value={stall.since} />
        {worker && (
          <>
            ; worker <code>{worker.name}</code> took over <TimeText value={worker.since} />
          </>
        )}
        .
      </p>
    </Notice>
  );
}

/** What stands between backticks is typed as it is. */
function inCode(text: string) {
  return text
    .split("`")
    .map((part, index) =>
      index % 2 === 1 ? <code key={part}>{part}</code> : <span key={part}>{part}</span>,
    );
}
