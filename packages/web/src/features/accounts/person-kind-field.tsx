import { NativeSelect } from "@mantine/core";
import type { PersonKind } from "@rehome/schema";
import { ActionNotice, useAction } from "../../shared/use-action.tsx";
import { filterOptions, personKindWords } from "../../shared/words.ts";
import { OverridePersonKindDocument, type ProfileFieldsFragment } from "./profile.generated.ts";

/**
 * Whether an address stands for a person, a list or a bot on one site: by the organization's words (`kind` null),
 * or as somebody set it. `kind` undefined means it is not known yet.
 */
export function PersonKindField(props: {
  person: ProfileFieldsFragment;
  siteId: string;
  kind: PersonKind | null | undefined;
  canChange: boolean;
  onChanged: () => void;
}) {
  const { person, kind } = props;
  const action = useAction(OverridePersonKindDocument);
  if (kind === undefined) {
    return <span aria-label="not known yet">–</span>;
  }
  if (!props.canChange) {
    return <>{kind === null ? "By the organization’s words" : personKindWords[kind]}</>;
  }
  const change = async (value: string) => {
    const next = (value || null) as PersonKind | null;
    if (await action.run({ input: { siteId: props.siteId, profileId: person.id, kind: next } })) {
      props.onChanged();
    }
  };
  return (
    <>
      <NativeSelect
        size="xs"
        aria-label="What the address stands for"
        value={kind ?? ""}
        disabled={action.pending}
        data={[{ value: "", label: "By the organization’s words" }, ...filterOptions(personKindWords)]}
        onChange={(event) => void change(event.currentTarget.value)}
      />
      <ActionNotice problem={action.problem} />
    </>
  );
}
