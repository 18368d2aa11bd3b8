export { readBackupHeader, restoreBackup, type RestoreSummary } from "./restore-backup.ts";
export { noticeRestore, settleRestore, type SettledRestore } from "./settle-restore.ts";
export { writeBackup, type BackupSummary } from "./write-backup.ts";
