/** Woken when there is mail to send: dispatchers look at once. */
export const mailQueuedTopic = "mail:queued";

/** Woken when mail was queued or its state changed: whoever shows it looks again. */
export const mailChangedTopic = "mail:changed";
