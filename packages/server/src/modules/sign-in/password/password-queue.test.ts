import { setImmediate } from "node:timers/promises";
import { expect, test } from "vitest";
import { createPasswordQueue, PasswordQueueFullError } from "./password-queue.ts";

/** Tasks that stay open until told, and the order in which they began. */
function makeTasks() {
  const begun: number[] = [];
  const finish: (() => void)[] = [];
  const makeTask = (id: number) => () =>
    new Promise<number>((resolve) => {
      begun.push(id);
      finish[id] = () => resolve(id);
    });
  return { begun, finish, makeTask };
}

test("two tasks run at once and the others follow in order", async () => {
  const queue = createPasswordQueue({ running: 2, waiting: 10 });
  const { begun, finish, makeTask } = makeTasks();
  const results = [0, 1, 2, 3].map((id) => queue.run(makeTask(id)));
  expect(begun).toEqual([0, 1]);
  finish[1]?.();
  await setImmediate();
  expect(begun).toEqual([0, 1, 2]);
  finish[0]?.();
  await setImmediate();
  expect(begun).toEqual([0, 1, 2, 3]);
  finish[2]?.();
  finish[3]?.();
  expect(await Promise.all(results)).toEqual([0, 1, 2, 3]);
});

test("a newcomer does not take the place of one that waits", async () => {
  const queue = createPasswordQueue({ running: 1, waiting: 10 });
  const { begun, finish, makeTask } = makeTasks();
  const first = queue.run(makeTask(0)).then(() => queue.run(makeTask(2)));
  const second = queue.run(makeTask(1));
  finish[0]?.();
  await setImmediate();
  expect(begun).toEqual([0, 1]);
  finish[1]?.();
  await setImmediate();
  finish[2]?.();
  expect(await Promise.all([first, second])).toEqual([2, 1]);
});

test("a task beyond the waiting room is turned away at once", async () => {
  const queue = createPasswordQueue({ running: 1, waiting: 1 });
  const { finish, makeTask } = makeTasks();
  const running = queue.run(makeTask(0));
  const waiting = queue.run(makeTask(1));
  await expect(queue.run(makeTask(2))).rejects.toBeInstanceOf(PasswordQueueFullError);
  finish[0]?.();
  await running;
  finish[1]?.();
  await expect(waiting).resolves.toBe(1);
});

test("a failing task frees its place", async () => {
  const queue = createPasswordQueue({ running: 1, waiting: 1 });
  await expect(queue.run(() => Promise.reject(new Error("broken")))).rejects.toThrow("broken");
  await expect(queue.run(async () => "next")).resolves.toBe("next");
});
