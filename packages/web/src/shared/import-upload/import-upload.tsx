import { Button, NativeSelect } from "@mantine/core";
import { IconFileUpload } from "@tabler/icons-react";
import { useId, useRef, useState, type DragEvent } from "react";
import type { ImportFileKind } from "@rehome/schema";
import { Notice } from "../../ui/notice.tsx";
import { ProgressBar } from "../../ui/progress-bar.tsx";
import { filterOptions } from "../words.ts";
import { formatBytes } from "../number-format.ts";
import { siteFileKindWords, type ImportPlace } from "./import-fields.ts";
import { ImportPreview } from "./import-preview.tsx";
import classes from "./import-upload.module.css";
import { sendFile, type SentFile } from "./send-file.ts";

/**
 * Uploads one file to a site or product and takes it through its preview to Apply or Discard. With `fileKind` the kind is
 * fixed; without, the reader may leave it to the server or choose.
 */
export function ImportUpload(props: {
  place: ImportPlace;
  placeName: string;
  fileKind?: ImportFileKind;
  onApplied?: (importId: string) => void;
}) {
  const [importId, setImportId] = useState<string | null>(null);
  const [kind, setKind] = useState<ImportFileKind | "">(props.fileKind ?? "");
  const upload = useUpload(props.place, kind || null, setImportId);
  if (importId) {
    return (
      <ImportPreview
        importId={importId}
        onApplied={() => props.onApplied?.(importId)}
        onClose={() => setImportId(null)}
      />
    );
  }
  if (upload.sending) {
    return (
      <div className={classes.sending}>
        <div className={classes.sendingText}>
          <span>
            Uploading <strong>{upload.sending.name}</strong> ({formatBytes(upload.sending.size)})
          </span>
          <span className="numeric">{Math.round(upload.share * 100)}%</span>
        </div>
        <ProgressBar
          label={`Upload of ${upload.sending.name}`}
          max={100}
          parts={[{ label: "sent", tone: "info", value: Math.round(upload.share * 100) }]}
          valueText={`${Math.round(upload.share * 100)} per cent sent`}
        />
        <div>
          <Button variant="default" size="xs" onClick={upload.stop}>
            Stop
          </Button>
        </div>
      </div>
    );
  }
  return (
    <div className={classes.upload}>
      {upload.problem && <Notice tone="bad" live title={upload.problem} />}
      <DropZone placeName={props.placeName} onFile={upload.send} />
      {!props.fileKind && (
        <NativeSelect
          label="What the file lists"
          w={260}
          value={kind}
          onChange={(event) => setKind(event.currentTarget.value as ImportFileKind | "")}
          data={[{ value: "", label: "Find out from its header" }, ...filterOptions(siteFileKindWords)]}
        />
      )}
    </div>
  );
}

function DropZone(props: { placeName: string; onFile: (file: File) => void }) {
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const id = useId();
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const file = event.dataTransfer.files[0];
    if (file) {
      props.onFile(file);
    }
  };
  return (
    <div
      className={classes.drop}
      data-over={over || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <IconFileUpload size={26} stroke={1.5} aria-hidden />
      <div className={classes.dropText}>
        <label htmlFor={id}>Upload a CSV file for {props.placeName}</label>
        <span className="muted">Drop it here or choose it. Nothing changes before you press Apply.</span>
      </div>
      <Button variant="default" onClick={() => input.current?.click()}>
        Choose file
      </Button>
      <input
        id={id}
        ref={input}
        type="file"
        className="visually-hidden"
        accept=".csv,text/csv,.txt"
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          event.currentTarget.value = "";
          if (file) {
            props.onFile(file);
          }
        }}
      />
    </div>
  );
}

function useUpload(place: ImportPlace, fileKind: ImportFileKind | null, onSent: (importId: string) => void) {
  const [sending, setSending] = useState<File | null>(null);
  const [share, setShare] = useState(0);
  const [problem, setProblem] = useState<string | null>(null);
  const current = useRef<SentFile | null>(null);
  const send = (file: File) => {
    setProblem(null);
    setShare(0);
    setSending(file);
    const sent = sendFile({ place, fileKind, file }, setShare);
    current.current = sent;
    sent.done
      .then(onSent, (error: unknown) =>
        setProblem(error instanceof Error ? error.message : "The upload failed."),
      )
      .finally(() => setSending(null));
  };
  return { sending, share, problem, send, stop: () => current.current?.abort() };
}
