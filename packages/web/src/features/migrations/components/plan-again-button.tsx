import { Button } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { IconRefresh } from "@tabler/icons-react";
import { useState } from "react";
import { formatPeople } from "../../../shared/number-format.ts";
import { ActionNotice, useAction } from "../../../shared/use-action.tsx";
import { ConfirmDialog } from "../../../ui/confirm-dialog.tsx";
import { PlanAgainDocument } from "../migration-actions.generated.ts";

/** Plans the people set aside again, alone, and opens the plan. */
export function PlanAgainButton(props: {
  migration: { id: string; name: string; setAsideCount: number; viewerCanPlanAgain: boolean };
}) {
  const { migration } = props;
  const [asking, setAsking] = useState(false);
  const planAgain = useAction(PlanAgainDocument);
  const navigate = useNavigate();
  if (!migration.viewerCanPlanAgain) {
    return null;
  }
  const people =
    migration.setAsideCount === 1 ? "this person" : `these ${formatPeople(migration.setAsideCount)}`;
  const confirm = async () => {
    const done = await planAgain.run({ input: { migrationId: migration.id } });
    if (done) {
      await navigate({ to: "/migrations/$id/plan", params: { id: done.migration.id }, search: {} });
    }
  };
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconRefresh size={16} />}
        loading={planAgain.pending}
        onClick={() => setAsking(true)}
      >
        Plan {people} again
      </Button>
      <ConfirmDialog
        opened={asking}
        title={`Plan ${people} again?`}
        confirmLabel="Make the plan"
        pending={planAgain.pending}
        error={<ActionNotice problem={planAgain.problem} />}
        onConfirm={() => void confirm()}
        onClose={() => {
          setAsking(false);
          planAgain.clear();
        }}
      >
        <p>
          {migration.name} set them aside because they changed after its plan was sealed, or because the
          database refused them. A migration of its own plans them as they are now; it is approved and started
          like any other. Nothing changes on either site until then.
        </p>
      </ConfirmDialog>
    </>
  );
}
