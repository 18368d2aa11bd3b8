import type { SurveyTopic } from "./sql/survey-items.ts";

/** Counts of planned items by topic, with examples. A topic nobody belongs to counts 0. */
export class Survey {
  readonly #topics: Map<SurveyTopic, { count: number; examples: string[] | null }>;

  constructor(rows: readonly { topic: SurveyTopic; count: number; examples: string[] | null }[]) {
    this.#topics = new Map(rows.map((row) => [row.topic, row]));
  }

  /** Items in any of these topics; topics given together must exclude each other. */
  count(...topics: SurveyTopic[]): number {
    return topics.reduce((total, topic) => total + (this.#topics.get(topic)?.count ?? 0), 0);
  }

  /** At most ten addresses out of these topics. */
  examples(...topics: SurveyTopic[]): string[] {
    return topics.flatMap((topic) => this.#topics.get(topic)?.examples ?? []).slice(0, 10);
  }
}
