/** The examples of the explorer by the name in the URL; kept apart so that the route does not load their texts. */
export const exampleNames = {
  viewer: "Who am I",
  migrations: "Migrations",
  plan: "Plan of a migration",
  outcomes: "Outcome table",
  attention: "Attention queue",
  events: "Live events",
};

/** One example. */
export type ExampleName = keyof typeof exampleNames;
