/** How large a file may be before it is refused, and a record before it becomes a bad row. */
export interface FileLimits {
  /** Bytes of the whole file. */
  maxBytes: number;
  /** Rows below the header. */
  maxRows: number;
  /** Cells of the header. */
  maxColumns: number;
  /** Bytes of one record in UTF-8, without its line end. A longer one is a bad row and stops nothing. */
  maxRecordBytes: number;
}

/** The limits of every upload: 2 GiB, 5,000,000 rows, 200 columns, 64 KiB per record. */
export const DEFAULT_FILE_LIMITS: FileLimits = {
  maxBytes: 2 * 1024 ** 3,
  maxRows: 5_000_000,
  maxColumns: 200,
  maxRecordBytes: 64 * 1024,
};
