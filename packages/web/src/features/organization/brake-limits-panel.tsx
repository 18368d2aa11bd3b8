import { Button, NumberInput } from "@mantine/core";
import type { Brake } from "@rehome/schema";
import { useState, type FormEvent } from "react";
import { formatCount } from "../../shared/number-format.ts";
import { ActionNotice, useAction } from "../../shared/use-action.tsx";
import { useOrganization } from "../../shared/viewer.tsx";
import { brakeWords } from "../../shared/words.ts";
import { Notice } from "../../ui/notice.tsx";
import { listNames } from "../../ui/page-states.tsx";
import { Panel } from "../../ui/panel.tsx";
import { SetBrakeLimitsDocument, type BrakeLimitFieldsFragment } from "./organization.generated.ts";
import classes from "./organization.module.css";

type Limit = BrakeLimitFieldsFragment["brakeLimits"][number];
type Draft = Partial<Record<Brake, { percent: number | string; leastPeople: number | string }>>;

/** When runs pause by themselves: a share and a least count per brake, for organization admins to change. */
export function BrakeLimitsPanel(props: {
  organization: BrakeLimitFieldsFragment & { viewerCanAdminister: boolean };
}) {
  const { organization } = props;
  const { admins } = useOrganization();
  const [draft, setDraft] = useState<Draft>({});
  const [saved, setSaved] = useState(false);
  const action = useAction(SetBrakeLimitsDocument);
  const changed = organization.brakeLimits.filter((limit) => draft[limit.brake] !== undefined);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const limits = changed.map(({ brake }) => ({
      brake,
      percent: Number(draft[brake]?.percent),
      leastPeople: Number(draft[brake]?.leastPeople),
    }));
    if (await action.run({ input: { organizationId: organization.id, limits } })) {
      setDraft({});
      setSaved(true);
    }
  };
  const change = (limit: Limit, next: { percent?: number | string; leastPeople?: number | string }) => {
    setSaved(false);
    const { brake, percent, leastPeople } = limit;
    setDraft((old) => ({ ...old, [brake]: { percent, leastPeople, ...old[brake], ...next } }));
  };
  return (
    <Panel
      title="Brakes"
      description="A run pauses before the batch that would pass a limit: more people than this share of its rows, and at least this many. 100% switches a brake off."
    >
      <form id="brakes" className={`${classes.words} scroll-target`} onSubmit={(event) => void save(event)}>
        {organization.brakeLimits.map((limit) => (
          <LimitRow
            key={limit.brake}
            limit={{ ...limit, ...draft[limit.brake] }}
            editable={organization.viewerCanAdminister}
            onChange={(next) => change(limit, next)}
          />
        ))}
        <ActionNotice problem={action.problem} />
        {saved && <Notice tone="good" live title="Saved. Runs approved from now on have these limits." />}
        {!organization.viewerCanAdminister && (
          <p className="muted">
            Only an organization admin can change them
            {admins.length > 0 && `: ${listNames(admins.map((admin) => admin.account.name))}`}.
          </p>
        )}
        {changed.length > 0 && (
          <div className={classes.buttons}>
            <Button type="submit" loading={action.pending}>
              Save limits
            </Button>
            <Button
              variant="default"
              onClick={() => {
                setDraft({});
                action.clear();
              }}
            >
              Discard changes
            </Button>
          </div>
        )}
      </form>
    </Panel>
  );
}

function LimitRow(props: {
  limit: Omit<Limit, "percent" | "leastPeople"> & { percent: number | string; leastPeople: number | string };
  editable: boolean;
  onChange: (next: { percent?: number | string; leastPeople?: number | string }) => void;
}) {
  const { limit } = props;
  const { label, meaning } = brakeWords[limit.brake];
  return (
    <fieldset className={classes.limit}>
      <legend>{label}</legend>
      <p className="muted">
        {meaning}. Default {limit.defaultPercent}%, from {formatCount(limit.defaultLeastPeople)} people.
      </p>
      <div className={classes.limitFields}>
        <NumberInput
          label="Share of rows"
          aria-label={`${label}: share of rows in per cent`}
          suffix="%"
          min={0}
          max={100}
          decimalScale={2}
          value={limit.percent}
          disabled={!props.editable}
          onChange={(percent) => props.onChange({ percent })}
        />
        <NumberInput
          label="Least people"
          aria-label={`${label}: least people`}
          min={1}
          allowDecimal={false}
          thousandSeparator=","
          value={limit.leastPeople}
          disabled={!props.editable}
          onChange={(leastPeople) => props.onChange({ leastPeople })}
        />
      </div>
    </fieldset>
  );
}
