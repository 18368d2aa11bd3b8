import { Button } from "@mantine/core";
import { useState } from "react";
import { ActionNotice, useAction } from "../../shared/use-action.tsx";
import { useOrganization } from "../../shared/viewer.tsx";
import { Notice } from "../../ui/notice.tsx";
import { listNames } from "../../ui/page-states.tsx";
import { Panel } from "../../ui/panel.tsx";
import { UpdateKindWordsDocument, type KindWordsFieldsFragment } from "./organization.generated.ts";
import classes from "./organization.module.css";
import { WordList } from "./word-list.tsx";

/** The local parts that mark an address as a distribution list or a bot, editable by organization admins. */
export function KindWordsPanel(props: {
  organization: KindWordsFieldsFragment & { viewerCanAdminister: boolean };
}) {
  const { organization } = props;
  const { admins } = useOrganization();
  const [draft, setDraft] = useState<{ lists: string[]; bots: string[] } | null>(null);
  const [saved, setSaved] = useState(false);
  const action = useAction(UpdateKindWordsDocument);
  const lists = draft?.lists ?? organization.distributionListWords;
  const bots = draft?.bots ?? organization.botWords;
  const inBoth = lists.filter((word) => bots.includes(word));
  const change = (next: Partial<{ lists: string[]; bots: string[] }>) => {
    setSaved(false);
    setDraft({ lists, bots, ...next });
  };
  const save = async () => {
    const input = { organizationId: organization.id, distributionListWords: lists, botWords: bots };
    if (await action.run({ input })) {
      setDraft(null);
      setSaved(true);
    }
  };
  return (
    <Panel
      title="Words that mark lists and bots"
      description="An address whose part before the @ is one of these words is never copied as a person, unless a row or a profile says otherwise."
    >
      <div className={classes.words}>
        <WordList
          label="Distribution lists"
          words={lists}
          onChange={organization.viewerCanAdminister ? (next) => change({ lists: next }) : undefined}
        />
        <WordList
          label="Bots"
          words={bots}
          onChange={organization.viewerCanAdminister ? (next) => change({ bots: next }) : undefined}
        />
        {inBoth.length > 0 && (
          <Notice tone="warn" title={`${listNames(inBoth, "and")} in both lists: a list wins over a bot.`} />
        )}
        <ActionNotice problem={action.problem} />
        {saved && <Notice tone="good" live title="Saved. Plans made from now on use these words." />}
        {organization.viewerCanAdminister ? (
          draft && (
            <div className={classes.buttons}>
              <Button loading={action.pending} onClick={() => void save()}>
                Save words
              </Button>
              <Button
                variant="default"
                onClick={() => {
                  setDraft(null);
                  action.clear();
                }}
              >
                Discard changes
              </Button>
            </div>
          )
        ) : (
          <p className="muted">
            Only an organization admin can change them
            {admins.length > 0 && `: ${listNames(admins.map((admin) => admin.account.name))}`}.
          </p>
        )}
      </div>
    </Panel>
  );
}
