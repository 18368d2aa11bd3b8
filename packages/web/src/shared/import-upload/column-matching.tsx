import { Button, NativeSelect } from "@mantine/core";
import { useState } from "react";
import { DataTable } from "../../ui/data-table.tsx";
import { Notice } from "../../ui/notice.tsx";
import { listNames } from "../../ui/page-states.tsx";
import { ActionNotice, useAction } from "../use-action.tsx";
import { describeMatch, knownFields } from "./import-fields.ts";
import { RematchImportDocument, type ImportFileFieldsFragment } from "./import-file.generated.ts";
import classes from "./import-upload.module.css";

/** Which column of the file is which: as matched, and changeable. The server reads the rows again on a change. */
export function ColumnMatching(props: { file: ImportFileFieldsFragment; onChanged: () => void }) {
  const { file } = props;
  const [open, setOpen] = useState(false);
  const rematch = useAction(RematchImportDocument);
  const fields = knownFields[file.fileKind];
  const used = file.columns.filter((column) => column.field !== null);
  const missing = fields.filter(
    (field) => field.required && !file.columns.some((column) => column.field === field.field),
  );
  const choose = async (index: number, field: string | null) => {
    const columns = file.columns
      // A column means one thing: choosing it here takes it from where it was.
      .map((column) => ({ index: column.index, field: column.field === field ? null : column.field }))
      .map((column) => (column.index === index ? { index, field } : column));
    if (await rematch.run({ input: { importId: file.id, columns } })) {
      props.onChanged();
    }
  };
  return (
    <div className={classes.box}>
      <div className={classes.boxHead}>
        <span>
          {used.length} of {file.columns.length} columns recognized
          {used.length > 0 && (
            <span className="muted">: {used.map((column) => column.header).join(", ")}</span>
          )}
        </span>
        <Button size="compact-sm" variant="subtle" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? "Hide columns" : "Change columns"}
        </Button>
      </div>
      {missing.length > 0 && (
        <Notice
          tone="warn"
          title={`Not found: ${listNames(
            missing.map((field) => field.header),
            "and",
          )}`}
        />
      )}
      <ActionNotice problem={rematch.problem} />
      {open && (
        <DataTable
          caption="Columns of the file"
          rows={file.columns}
          rowKey={(column) => String(column.index)}
          columns={[
            {
              id: "header",
              header: "In the file",
              cell: (column) => column.header || `Column ${column.index + 1}`,
            },
            {
              id: "field",
              header: "Is used as",
              cell: (column) => (
                <NativeSelect
                  size="xs"
                  aria-label={`Use ${column.header || `column ${column.index + 1}`} as`}
                  value={column.field ?? ""}
                  disabled={rematch.pending}
                  onChange={(event) => void choose(column.index, event.currentTarget.value || null)}
                  data={[
                    { value: "", label: "Not used" },
                    ...fields.map((field) => ({ value: field.field, label: field.header })),
                  ]}
                />
              ),
            },
            {
              id: "match",
              header: "Matched by",
              hideBelow: "sm",
              cell: (column) => (
                <span className="muted">{describeMatch(column.matchedBy, column.field)}</span>
              ),
            },
          ]}
        />
      )}
    </div>
  );
}
