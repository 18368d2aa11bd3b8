import path from "node:path";
import { z } from "zod";
import type { ArmedCrashpoint } from "./platform/crashpoint.ts";
import { readMailSettings, type MailSettings } from "./platform/mail/mail-settings.ts";

/** Everything the environment may set. The only reader of process.env; see docs/operations.md for the table. */
const environmentSchema = z.object({
  HOST: z.string().default("127.0.0.1"),
  PORT: z.coerce.number().int().min(0).max(65535).default(4000),
  DATABASE_URL: z.string().optional(),
  REHOME_DATA_DIR: z.string().default("./.rehome"),
  REHOME_BASE_URL: z.url().optional(),
  REHOME_SECRET: z.string().min(32, "needs at least 32 characters").optional(),
  REHOME_EVIDENCE_KEY: z.string().optional(),
  REHOME_MASTER_KEY: z.string().optional(),
  REHOME_SUPPORT_CONTACT: z.string().max(200).optional(),
  SMTP_URL: z.string().optional(),
  REHOME_MAIL_FROM: z.string().max(320).optional(),
  REHOME_BATCH_SIZE: z.coerce.number().int().min(1).max(20_000).default(1000),
  REHOME_BATCH_PAUSE_MS: z.coerce.number().int().min(0).max(60_000).default(0),
  REHOME_BATCHES_AT_ONCE: z.coerce.number().int().min(1).max(8).default(2),
  REHOME_MIGRATIONS_AT_ONCE: z.coerce.number().int().min(1).max(16).default(2),
  REHOME_STALL_SECONDS: z.coerce.number().int().min(1).max(3_600).default(30),
  REHOME_ENGINE: z.enum(["on", "off"]).default("on"),
  REHOME_CRASHPOINT: z
    .string()
    .regex(/^[\w.-]+(:\d+)?(:(kill|stop))?$/, "is a label, optionally :hit and :kill or :stop")
    .optional(),
  REHOME_WEB_DIR: z.string().optional(),
  REHOME_SIGN_INS_PER_MINUTE: z.coerce.number().int().min(1).max(100_000).default(30),
  REHOME_TRUST_PROXY: z.coerce.number().int().min(0).max(10).default(0),
  REHOME_TRUSTED_OPERATIONS: z.enum(["off", "only"]).default("off"),
  REHOME_DEMO: z.enum(["on", "off"]).optional(),
  REHOME_METRICS_TOKEN: z.string().min(16, "needs at least 16 characters").optional(),
  REHOME_KEEP_EVENTS_DAYS: z.coerce.number().int().min(1).max(36_500).default(365),
  REHOME_KEEP_UPLOADS_DAYS: z.coerce.number().int().min(1).max(36_500).default(90),
  REHOME_KEEP_ANSWERS_DAYS: z.coerce.number().int().min(1).max(3_650).default(7),
  REHOME_KEEP_MAIL_DAYS: z.coerce.number().int().min(1).max(3_650).default(90),
  REHOME_KEEP_LINKS_DAYS: z.coerce.number().int().min(1).max(3_650).default(30),
  REHOME_SWEEP_MINUTES: z.coerce.number().int().min(0).max(1_440).default(10),
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url().optional(),
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
  NODE_ENV: z.string().default("development"),
});

/** The program's settings, parsed and named. */
export interface Config {
  host: string;
  port: number;
  /** Unset means: run the embedded PostgreSQL in dataDir. */
  databaseUrl: string | undefined;
  /** Absolute path. */
  dataDir: string;
  /** Public address; unset means http://host:port. */
  baseUrl: string | undefined;
  secret: string | undefined;
  /** Ed25519 private key as PEM or base64, or a file with it; unset means: one in dataDir. */
  evidenceKey: string | undefined;
  /** 32 bytes as base64 or hexadecimal, or a file with either; unset means: one in dataDir. */
  masterKey: string | undefined;
  /** Whom people may ask: an address or a page, named in mails and on the sign-in page. */
  supportContact: string | undefined;
  /** The mail server and the sender; null means that mail is held in the outbox. */
  mail: MailSettings | null;
  /** Whether mail can be read at /outbox on this machine: only in development, where none is sent. */
  developmentOutbox: boolean;
  /** People per batch transaction of a run. */
  batchSize: number;
  /** Milliseconds between two batches of a run. */
  batchPause: number;
  /** Migrations that one process drives at the same time. */
  migrationsAtOnce: number;
  /** Batches of one run that are written at the same time. */
  batchesAtOnce: number;
  /** Seconds without progress, beyond what a batch takes, after which a migration counts as stalled. */
  stallSeconds: number;
  /** Whether this server also plans and runs migrations; off where workers do. */
  engine: boolean;
  /** Where this process is to end or stop, for tests; never in production. */
  crashpoint: ArmedCrashpoint | undefined;
  /** Sign-ins per minute and client address. */
  signInsPerMinute: number;
  /** Proxies in front whose X-Forwarded-For is believed; 0 means none. */
  trustedProxies: number;
  /** Whether browsers' sessions may send only the web application's own operations. */
  trustedOperations: "off" | "only";
  /** The built web application. */
  webFolder: string;
  /** Whether only this machine can reach the server. */
  loopback: boolean;
  /** Demo organization and demo sign-ins: only on loopback, never with DATABASE_URL. */
  demo: boolean;
  /** Bearer token for /metrics; unset means: only programs on this machine. */
  metricsToken: string | undefined;
  retention: {
    /** Days after a migration's end that its events are kept. */
    eventDays: number;
    /** Days that the rows of uploads are kept which nothing needs any more. */
    uploadDays: number;
    /** Days that a repeated mutation finds its first answer. */
    answerDays: number;
    /** Days that mail is kept which was sent, bounced or given up. */
    mailDays: number;
    /** Days after their end that mailed links and answered invitations are kept. */
    linkDays: number;
    /** Minutes between two sweeps; 0 means none. */
    sweepMinutes: number;
  };
  /** Where traces go, OTLP over HTTP; unset means no traces. */
  traceEndpoint: string | undefined;
  logLevel: string;
  production: boolean;
}

const clientSchema = z.object({
  REHOME_URL: z.url("is not an address such as https://rehome.example.com").default("http://127.0.0.1:4000"),
  REHOME_TOKEN: z.string().optional(),
});

/** Where a command that talks to a server finds it, and what it asks with. */
export interface ClientConfig {
  /** Without a slash at the end. */
  url: string;
  token: string | undefined;
}

/** Reads the environment of a client: REHOME_URL and REHOME_TOKEN. Throws an Error that names what is wrong. */
export function readClientConfig(
  environment: Record<string, string | undefined> = process.env,
): ClientConfig {
  const { REHOME_URL, REHOME_TOKEN } = parseEnvironment(clientSchema, environment);
  return { url: REHOME_URL.replace(/\/+$/, ""), token: REHOME_TOKEN?.trim() };
}

/** Empty variables count as unset. */
function parseEnvironment<Schema extends z.ZodType>(
  schema: Schema,
  environment: Record<string, string | undefined>,
): z.infer<Schema> {
  const filled = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ""));
  const parsed = schema.safeParse(filled);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
    throw new Error(`Wrong configuration. ${problems.join("; ")}`);
  }
  return parsed.data;
}

const loopbackHosts = new Set(["127.0.0.1", "::1", "localhost"]);

/** Reads the environment once. Throws an Error that names each wrong variable and why. */
export function readConfig(environment: Record<string, string | undefined> = process.env): Config {
  const values = parseEnvironment(environmentSchema, environment);
  const loopback = loopbackHosts.has(values.HOST);
  const demoAllowed = loopback && values.DATABASE_URL === undefined;
  return {
    host: values.HOST,
    port: values.PORT,
    databaseUrl: values.DATABASE_URL,
    dataDir: path.resolve(values.REHOME_DATA_DIR),
    baseUrl: values.REHOME_BASE_URL,
    secret: values.REHOME_SECRET,
    evidenceKey: values.REHOME_EVIDENCE_KEY,
    masterKey: values.REHOME_MASTER_KEY,
    supportContact: values.REHOME_SUPPORT_CONTACT,
    mail: readMail(values),
    developmentOutbox: demoAllowed && isDevelopment(values),
    batchSize: values.REHOME_BATCH_SIZE,
    batchPause: values.REHOME_BATCH_PAUSE_MS,
    batchesAtOnce: values.REHOME_BATCHES_AT_ONCE,
    migrationsAtOnce: values.REHOME_MIGRATIONS_AT_ONCE,
    stallSeconds: values.REHOME_STALL_SECONDS,
    engine: values.REHOME_ENGINE === "on",
    crashpoint: values.NODE_ENV === "production" ? undefined : parseCrashpoint(values.REHOME_CRASHPOINT),
    signInsPerMinute: values.REHOME_SIGN_INS_PER_MINUTE,
    trustedProxies: values.REHOME_TRUST_PROXY,
    trustedOperations: values.REHOME_TRUSTED_OPERATIONS,
    webFolder: path.resolve(values.REHOME_WEB_DIR ?? defaultWebFolder()),
    loopback,
    demo: demoAllowed && values.REHOME_DEMO !== "off",
    metricsToken: values.REHOME_METRICS_TOKEN,
    retention: {
      eventDays: values.REHOME_KEEP_EVENTS_DAYS,
      uploadDays: values.REHOME_KEEP_UPLOADS_DAYS,
      answerDays: values.REHOME_KEEP_ANSWERS_DAYS,
      mailDays: values.REHOME_KEEP_MAIL_DAYS,
      linkDays: values.REHOME_KEEP_LINKS_DAYS,
      sweepMinutes: values.REHOME_SWEEP_MINUTES,
    },
    traceEndpoint: values.OTEL_EXPORTER_OTLP_ENDPOINT,
    logLevel: values.LOG_LEVEL,
    production: values.NODE_ENV === "production",
  };
}

type Environment = z.infer<typeof environmentSchema>;

function readMail({ SMTP_URL, REHOME_MAIL_FROM }: Environment): MailSettings | null {
  if (SMTP_URL === undefined) {
    return null;
  }
  try {
    return readMailSettings(SMTP_URL, REHOME_MAIL_FROM);
  } catch (error) {
    throw new Error(`Wrong configuration. ${(error as Error).message}`, { cause: error });
  }
}

/** Nothing says that people use it: no mail server, no public address, no proxy in front. */
function isDevelopment(values: Environment): boolean {
  const host = values.REHOME_BASE_URL === undefined ? undefined : new URL(values.REHOME_BASE_URL).hostname;
  return (
    values.SMTP_URL === undefined &&
    values.REHOME_TRUST_PROXY === 0 &&
    values.NODE_ENV !== "production" &&
    (host === undefined || loopbackHosts.has(host.replaceAll(/^\[|\]$/g, "")))
  );
}

function parseCrashpoint(text: string | undefined): ArmedCrashpoint | undefined {
  if (text === undefined) {
    return undefined;
  }
  const [label = "", ...rest] = text.split(":");
  return {
    label,
    hit: Number(rest.find((part) => /^\d+$/.test(part)) ?? 1),
    action: rest.includes("stop") ? "stop" : "kill",
  };
}

/** The web package's build, which lies the same way from this file in the sources as from the program in `dist`. */
function defaultWebFolder(): string {
  return path.join(import.meta.dirname, "../../web/dist");
}
