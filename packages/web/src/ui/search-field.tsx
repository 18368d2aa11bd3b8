import { CloseButton, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";

/** A search that tells its owner 250 ms after the last key; `/` focuses the page's first one. */
export function SearchField(props: {
  label: string;
  placeholder?: string;
  value: string;
  onSearch: (text: string) => void;
  width?: number;
}) {
  const [typed, setTyped] = useState(props.value);
  const told = useRef(props.value);
  const { onSearch } = props;
  useEffect(
    function followOwner() {
      if (props.value !== told.current) {
        told.current = props.value;
        setTyped(props.value);
      }
    },
    [props.value],
  );
  useEffect(
    function tellOwnerAfterPause() {
      if (typed === told.current) {
        return undefined;
      }
      const timer = setTimeout(() => {
        told.current = typed;
        onSearch(typed);
      }, 250);
      return () => clearTimeout(timer);
    },
    [typed, onSearch],
  );
  return (
    <TextInput
      type="search"
      data-page-search
      aria-label={props.label}
      placeholder={props.placeholder ?? props.label}
      w={props.width ?? 260}
      maw="100%"
      leftSection={<IconSearch size={15} aria-hidden />}
      rightSection={
        typed ? <CloseButton size="sm" aria-label="Clear search" onClick={() => setTyped("")} /> : undefined
      }
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value)}
    />
  );
}
