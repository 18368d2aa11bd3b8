/** What the rules lack and what they name in vain, each with the line to write or take away. */
export function findGaps(served: readonly string[], ruled: readonly string[], where: string): string[] {
  const has = new Set(ruled);
  const serves = new Set(served);
  return [
    ...served
      .filter((name) => !has.has(name))
      .map((name) => `${name} is served and no rule says to whom: add it to test/authorization/${where}`),
    ...ruled
      .filter((name) => !serves.has(name))
      .map((name) => `${name} is served no more: take it out of test/authorization/${where}`),
  ];
}
