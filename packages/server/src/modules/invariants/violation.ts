/** A row that breaks an invariant: what it is, with its id, and what is wrong with it. */
export interface Violation {
  subject: string;
  problem: string;
}
