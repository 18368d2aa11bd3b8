import { useQuery } from "@apollo/client/react";
import { Button } from "@mantine/core";
import { useState, type FormEvent } from "react";
import type { UndoScopeInput } from "@rehome/schema";
import { formatPeople } from "../../../shared/number-format.ts";
import { ActionNotice, useAction } from "../../../shared/use-action.tsx";
import { Panel } from "../../../ui/panel.tsx";
import { PlanUndoDocument, UndoneItemDocument } from "../undo-page.generated.ts";
import type { UndoneMigration } from "../undo-page.tsx";
import classes from "./undo.module.css";

interface Choice {
  id: string;
  name: string;
  detail: string;
  scope: UndoScopeInput;
}

/** Whom to undo. Planning looks at everybody and changes nobody. */
export function ChooseUndo(props: {
  migration: UndoneMigration;
  /** One person to offer first. */
  itemId: string | undefined;
  onPlanned: () => Promise<unknown>;
}) {
  const { migration, itemId } = props;
  const item = useQuery(UndoneItemDocument, {
    variables: { migrationId: migration.id, itemId: itemId ?? "" },
    skip: itemId === undefined,
  }).data?.migration?.item;
  const choices = [...(item ? [onePerson(item)] : []), ...classChoices(migration)];
  const [chosenId, setChosenId] = useState<string | null>(null);
  const chosen = choices.find((choice) => choice.id === chosenId) ?? choices[0];
  const plan = useAction(PlanUndoDocument);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (chosen && (await plan.run({ input: { migrationId: migration.id, scope: chosen.scope } }))) {
      await props.onPlanned();
    }
  };
  return (
    <Panel
      title="Who is put back"
      description="A plan comes first: it shows everybody who is put back, and everybody who was touched since and stays. Nothing changes until you confirm it."
    >
      <form onSubmit={(event) => void submit(event)} className={classes.form}>
        <fieldset className={classes.choices}>
          <legend className="visually-hidden">Whom to undo</legend>
          {choices.map((choice) => (
            <label key={choice.id} className={classes.choice}>
              <input
                type="radio"
                name="undo-scope"
                checked={choice.id === chosen?.id}
                onChange={() => setChosenId(choice.id)}
              />
              <span className={classes.choiceName}>{choice.name}</span>
              <span className={classes.choiceDetail}>{choice.detail}</span>
            </label>
          ))}
        </fieldset>
        <ActionNotice problem={plan.problem} />
        <div>
          <Button type="submit" loading={plan.pending}>
            Plan undo
          </Button>
        </div>
      </form>
    </Panel>
  );
}

function onePerson(item: { id: string; email: string; name: string }): Choice {
  return {
    id: "item",
    name: `Only ${item.name || item.email}`,
    detail: item.email,
    scope: { itemIds: [item.id] },
  };
}

function classChoices(migration: UndoneMigration): Choice[] {
  const { progress } = migration;
  const others: (Choice & { count: number })[] = [
    {
      id: "attention",
      name: "People whose outcome is “Requires attention”",
      detail: `${formatPeople(progress.requiresAttention)}; whoever is put back leaves the queue`,
      scope: { outcome: "REQUIRES_ATTENTION" },
      count: progress.requiresAttention,
    },
    {
      id: "successful",
      name: "People whose outcome is “Successful”",
      detail: formatPeople(progress.successful),
      scope: { outcome: "SUCCESSFUL" },
      count: progress.successful,
    },
    {
      id: "created",
      name: "People who got a new portal-only account",
      detail: formatPeople(progress.created),
      scope: { effect: "CREATE" },
      count: progress.created,
    },
    {
      id: "linked",
      name: "People who were linked to what was there",
      detail: formatPeople(progress.linked),
      scope: { effect: "LINK" },
      count: progress.linked,
    },
  ];
  return [
    {
      id: "everything",
      name: "The whole run",
      detail: `All ${formatPeople(progress.processed)}, with approvals and upgrades; ${migration.name} ends as undone`,
      scope: { everything: true },
    },
    ...others.filter((choice) => choice.count > 0),
  ];
}
