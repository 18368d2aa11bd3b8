import { Button, TextInput } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useId, useRef, useState, type FormEvent } from "react";
import classes from "./organization.module.css";

/** A list of words as chips; with `onChange` words can be added and removed. */
export function WordList(props: {
  label: string;
  words: readonly string[];
  onChange?: (words: string[]) => void;
}) {
  const { words, onChange } = props;
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const add = (event: FormEvent) => {
    event.preventDefault();
    const added = readWords(typed);
    const wrong = added.find((word) => !isLocalPart(word));
    if (wrong !== undefined) {
      setProblem(`“${wrong}” cannot stand before an @.`);
      field.current?.focus();
      return;
    }
    setTyped("");
    onChange?.([...new Set([...words, ...added])].toSorted());
  };
  const remove = (word: string) => {
    onChange?.(words.filter((other) => other !== word));
    // The chip with the focus is gone; the field is the nearest place to go on from.
    field.current?.focus();
  };
  return (
    <div>
      <h3 id={id} className={classes.wordsTitle}>
        {props.label}
      </h3>
      {words.length === 0 ? (
        <p className="muted">No word: no address is recognized by its words.</p>
      ) : (
        <ul className={classes.chips} aria-labelledby={id}>
          {words.map((word) => (
            <li key={word}>
              <span>{word}</span>
              {onChange && (
                <button type="button" aria-label={`Remove ${word}`} onClick={() => remove(word)}>
                  <IconX size={13} aria-hidden />
                </button>
              )}
            </li>
          ))}
        </ul>
      )}
      {onChange && (
        <form className={classes.addWord} onSubmit={add}>
          <TextInput
            ref={field}
            aria-label={`Add to ${props.label.toLowerCase()}`}
            placeholder="Add a word"
            value={typed}
            error={problem}
            autoComplete="off"
            onChange={(event) => {
              setTyped(event.currentTarget.value);
              setProblem(null);
            }}
          />
          <Button type="submit" variant="default" disabled={typed.trim() === ""}>
            Add
          </Button>
        </form>
      )}
    </div>
  );
}

/** Words typed at once, separated by spaces, commas or line ends; case does not count. */
function readWords(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[\s,;]+/)
    .filter((word) => word !== "");
}

function isLocalPart(word: string): boolean {
  return word.length <= 64 && /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/.test(word);
}
