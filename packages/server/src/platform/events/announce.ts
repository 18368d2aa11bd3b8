import { statement, type StatementRunner } from "../database/statement.ts";
import { announceSql } from "./live-bus.ts";

const announceTopics = statement("events.announceTopics", announceSql);

/** Wakes everyone who watches these topics, on every node, when the surrounding transaction commits. */
export async function announce(em: StatementRunner, topics: string[]): Promise<void> {
  await announceTopics.run(em, [topics]);
}
