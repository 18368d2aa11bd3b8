import { FileRejection } from "./file-rejection.ts";

/** Bytes that are enough to know a file by. */
export const SNIFFED_BYTES = 4096;

const SAVE_AS_CSV = "Save it as “CSV UTF-8 (comma delimited)” and upload that file.";
const UNPACK = "Unpack it and upload the CSV file inside.";
const UPLOAD_CSV = "Export the list as CSV in UTF-8 and upload that file.";

/** First bytes, written in Latin-1, of what gets uploaded in place of a CSV file. */
const SIGNATURES: ReadonlyArray<readonly [bytes: string, name: string, fix: string]> = [
  ["\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1", "an old Excel workbook (xls)", SAVE_AS_CSV],
  ["\u001f\u008b", "a gzip archive (gz)", UNPACK],
  ["BZh91AY&SY", "a bzip2 archive (bz2)", UNPACK],
  ["\u00fd7zXZ\u0000", "an xz archive (xz)", UNPACK],
  ["\u0028\u00b5\u002f\u00fd", "a Zstandard archive (zst)", UNPACK],
  ["7z\u00bc\u00af\u0027\u001c", "a 7-Zip archive (7z)", UNPACK],
  ["Rar!\u001a\u0007", "a RAR archive (rar)", UNPACK],
  ["%PDF-", "a PDF document", UPLOAD_CSV],
  ["{\\rtf", "a rich text document (rtf)", UPLOAD_CSV],
  ["SQLite format 3\u0000", "an SQLite database", UPLOAD_CSV],
  ["PAR1", "a Parquet file", UPLOAD_CSV],
  ["\u0089PNG", "a PNG image", UPLOAD_CSV],
  ["\u00ff\u00d8\u00ff", "a JPEG image", UPLOAD_CSV],
];

/** What a zip holds, by a name that stands near its beginning. */
const ZIP_CONTENTS: ReadonlyArray<readonly [name: RegExp, what: string]> = [
  [/opendocument\.spreadsheet/, "an OpenDocument spreadsheet (ods)"],
  [/xl\/|\[Content_Types\]\.xml/, "an Excel workbook (xlsx)"],
  [/Index\/|\.iwa/, "a Numbers spreadsheet (numbers)"],
];

/**
 * Refuses what is no CSV file in UTF-8 although it was uploaded as one: workbooks, archives, documents, other
 * encodings. Judges content alone, because a renamed file keeps its bytes.
 * @param head the first bytes of the file, at least 64 of them where the file has as many
 * @throws FileRejection that names the format and the way to a CSV file
 */
export function refuseOtherFormats(head: Buffer): void {
  refuseWideEncodings(head);
  const text = head.toString("latin1");
  if (text.startsWith("PK\u0003\u0004") || text.startsWith("PK\u0005\u0006")) throw describeZip(text);
  for (const [bytes, name, fix] of SIGNATURES) {
    if (text.startsWith(bytes)) throw new FileRejection("NOT_CSV", `This is ${name}, not a CSV file. ${fix}`);
  }
  const start = text.replace(/^\u00ef\u00bb\u00bf/, "").trimStart();
  if (/^(<!doctype html|<html)/i.test(start)) {
    throw new FileRejection(
      "NOT_CSV",
      `This is a web page (HTML), not a CSV file; often it is a sign-in or error page saved in place of the export. ${UPLOAD_CSV}`,
    );
  }
  if (start.startsWith("<?xml"))
    throw new FileRejection("NOT_CSV", `This is an XML file, not a CSV file. ${UPLOAD_CSV}`);
  if (/^(\{\s*"|\[\s*[{\]])/.test(start)) {
    throw new FileRejection("NOT_CSV", `This is a JSON file, not a CSV file. ${UPLOAD_CSV}`);
  }
}

function describeZip(text: string): FileRejection {
  const spreadsheet = ZIP_CONTENTS.find(([name]) => name.test(text))?.[1];
  return spreadsheet === undefined
    ? new FileRejection("NOT_CSV", `This is a zip archive, not a CSV file. ${UNPACK}`)
    : new FileRejection("NOT_CSV", `This is ${spreadsheet}, not a CSV file. Open it there. ${SAVE_AS_CSV}`);
}

function refuseWideEncodings(head: Buffer): void {
  const [a, b, c, d] = head;
  if ((a === 0xff && b === 0xfe && c === 0 && d === 0) || (a === 0 && b === 0 && c === 0xfe && d === 0xff)) {
    throw new FileRejection(
      "UTF_32",
      `The file is encoded in UTF-32; only UTF-8 can be read. ${SAVE_AS_CSV}`,
    );
  }
  if (a === 0xff && b === 0xfe) throw wideEncoding("UTF-16 (little endian)");
  if (a === 0xfe && b === 0xff) throw wideEncoding("UTF-16 (big endian)");
  const order = guessUnmarkedUtf16(head);
  if (order !== null) throw wideEncoding(`UTF-16 (${order} endian, without a byte order mark)`);
}

/** A header is mostly ASCII, so in UTF-16 nearly every second byte of it is zero and hardly any other. */
function guessUnmarkedUtf16(head: Buffer): "little" | "big" | null {
  const pairs = Math.floor(Math.min(head.length, 64) / 2);
  if (pairs < 4) return null;
  let even = 0;
  let odd = 0;
  for (let pair = 0; pair < pairs; pair++) {
    if (head[pair * 2] === 0) even++;
    if (head[pair * 2 + 1] === 0) odd++;
  }
  if (odd >= pairs * 0.7 && even <= pairs * 0.1) return "little";
  if (even >= pairs * 0.7 && odd <= pairs * 0.1) return "big";
  return null;
}

function wideEncoding(name: string): FileRejection {
  return new FileRejection(
    "UTF_16",
    `The file is encoded in ${name}; only UTF-8 can be read. ${SAVE_AS_CSV}`,
  );
}
