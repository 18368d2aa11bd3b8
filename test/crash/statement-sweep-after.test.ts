import { describe } from "vitest";
import { sweepStatements } from "./statement-sweep.ts";

describe("the connection breaks at the n-th statement of a tour", () => {
  sweepStatements("after");
});
