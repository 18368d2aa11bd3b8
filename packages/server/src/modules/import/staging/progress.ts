import type { StatementRunner } from "../../../platform/database/statement.ts";
import { saveProgressStatement } from "../sql/save-progress.ts";

/** Milliseconds between two writes: people look at a number twice a second at most. */
const INTERVAL = 500;

/**
 * Counts what arrived of a file and lets pages see it while the file is still on its way. Writes on a connection
 * of its own, because the rows' transaction shows nothing before its end.
 */
export class UploadProgress {
  bytes = 0;
  rows = 0;
  readonly #runner: StatementRunner;
  readonly #importId: string;
  #writtenAt = Date.now();
  #writing: Promise<unknown> | null = null;

  constructor(runner: StatementRunner, importId: string) {
    this.#runner = runner;
    this.#importId = importId;
  }

  /** Passes the blocks on and counts them; a source that fails counts as cut off. */
  async *count(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
    try {
      for await (const block of source) {
        this.bytes += block.length;
        yield block;
      }
    } catch (error) {
      throw new UploadCutOff({ cause: error });
    }
  }

  /** Books a batch of rows. */
  addRows(rows: number): void {
    this.rows += rows;
    const now = Date.now();
    if (this.#writing !== null || now - this.#writtenAt < INTERVAL) {
      return;
    }
    this.#writtenAt = now;
    this.#writing = saveProgressStatement
      .run(this.#runner, [this.#importId, this.bytes, this.rows])
      // A lost number is made good by the next one, and a lost database fails the COPY itself.
      .catch(() => undefined)
      .finally(() => {
        this.#writing = null;
      });
  }

  /** Resolves when no write is under way, so that none comes after the import's last state. */
  async settle(): Promise<void> {
    await this.#writing;
  }
}

/** The source of a file ended before the file did. */
export class UploadCutOff extends Error {
  constructor(options?: ErrorOptions) {
    super(
      "The upload was cut off before the file was complete. Nothing was changed; upload the file again.",
      options,
    );
    this.name = "UploadCutOff";
  }
}

/** The failure code of an upload that was cut off, by a lost connection or a stopped server. */
export const CUT_OFF_CODE = "UPLOAD_CUT_OFF";
