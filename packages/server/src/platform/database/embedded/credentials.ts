import { randomBytes } from "node:crypto";
import fs from "node:fs";
import { writeDurably, type DataFolder } from "./data-folder.ts";
import { EmbeddedPostgresError } from "./failures.ts";

/** Generated passwords, 32 random bytes each; kept in a file with mode 0600. */
export interface Credentials {
  /** Of the superuser `postgres`, used only while starting. */
  administrator: string;
  /** Of the application's role. */
  application: string;
}

/** Reads the passwords, or makes them for a new database. They are on disk before the database knows them. */
export function loadCredentials({ credentialsFile, cluster }: DataFolder): Credentials {
  if (fs.existsSync(credentialsFile)) {
    fs.chmodSync(credentialsFile, 0o600);
    return parseCredentials(fs.readFileSync(credentialsFile, "utf8"), credentialsFile);
  }
  if (fs.existsSync(cluster)) {
    throw new EmbeddedPostgresError(
      `The passwords of the database in ${cluster} are missing: put back ${credentialsFile} from a backup of the data folder.`,
    );
  }
  const credentials = { administrator: createPassword(), application: createPassword() };
  writeDurably(credentialsFile, `${JSON.stringify(credentials)}\n`, 0o600);
  return credentials;
}

function createPassword(): string {
  return randomBytes(32).toString("base64url");
}

function parseCredentials(text: string, file: string): Credentials {
  try {
    const { administrator, application } = JSON.parse(text) as Partial<Credentials>;
    if (typeof administrator === "string" && typeof application === "string") {
      return { administrator, application };
    }
  } catch {
    // Falls through; the parser's message would quote the passwords.
  }
  throw new EmbeddedPostgresError(
    `${file} does not hold the database's passwords: put it back from a backup.`,
  );
}
