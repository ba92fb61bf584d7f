import { describe, expect, it } from "vitest";
import { parseEvidence } from "./parse-evidence";

describe("reported lines for people", () => {
  it("reads a JavaScript stack: own frames, foreign ones, where it failed", () => {
    const { failure, frames, lines } = parseEvidence([
      "TypeError: Cannot read properties of undefined (reading 'amount')",
      "    at settleBatch (src/settle/batch.ts:118:41)",
      "    at async Worker.processJob (/app/node_modules/bullmq/dist/worker.js:412:28)",
      "    at node:internal/main:22:3",
    ]);
    expect(failure).toEqual({
      type: "TypeError",
      message: "Cannot read properties of undefined (reading 'amount')",
    });
    expect(frames.map(({ name, place, own, culprit }) => [name, place, own, culprit ?? false])).toEqual([
      ["settleBatch", "src/settle/batch.ts:118:41", true, true],
      ["Worker.processJob", "/app/node_modules/bullmq/dist/worker.js:412:28", false, false],
      ["<anonymous>", "node:internal/main:22:3", false, false],
    ]);
    expect(lines).toEqual([]);
  });

  it("reads a Python traceback: the last own frame failed, its code stands beside it", () => {
    const { failure, frames } = parseEvidence([
      "Traceback (most recent call last):",
      '  File "/srv/app/post.py", line 88, in post_entries',
      "    cursor.execute(sql)",
      '  File "/usr/lib/python3.12/site-packages/psycopg/cursor.py", line 732, in execute',
      "    raise ex",
      "DeadlockError: deadlock detected",
    ]);
    expect(failure?.type).toBe("DeadlockError");
    expect(frames[0]).toMatchObject({ name: "post_entries: cursor.execute(sql)", culprit: true });
    expect(frames[1]?.own).toBe(false);
  });

  it("reads Java frames", () => {
    const { frames } = parseEvidence([
      "java.lang.OutOfMemoryError: Java heap space",
      "    at java.util.ArrayList.grow(ArrayList.java:239)",
      "    at com.acme.Builder.render(Builder.java:118)",
    ]);
    expect(frames.map(({ own, culprit }) => [own, culprit ?? false])).toEqual([
      [false, false],
      [true, true],
    ]);
  });

  it.each([
    ["03:08:02.390 warn no fx leg", { time: "03:08:02.390", level: "warn", text: "no fx leg" }],
    ["2026-11-25T02:11:00.123456Z ERROR: gone", { time: "02:11:00.123", level: "error", text: "gone" }],
    ["[2026-11-25 02:11:00] [info] up", { time: "02:11:00", level: "info", text: "up" }],
    ["WARN disk is filling", { level: "warn", text: "disk is filling" }],
    [
      '{"time":"2026-11-25T03:01:02.114Z","level":"error","msg":"mismatch","psp":"north"}',
      { time: "03:01:02.114", level: "error", text: "mismatch psp=north" },
    ],
    ["  indented words", { text: "  indented words" }],
    ["{not json", { text: "{not json" }],
  ])("line %s", (line, expected) => {
    expect(parseEvidence([line]).lines[0]).toMatchObject(expected);
  });

  it("keeps the error's line where there is no stack, also when its type is just Error", () => {
    expect(
      parseEvidence(["Error: Timeout 30000ms exceeded", "step 3"]).lines.map((line) => line.text),
    ).toEqual(["Error: Timeout 30000ms exceeded", "step 3"]);
  });

  it("loses no line of nested failures", () => {
    const { failure, lines } = parseEvidence([
      "RuntimeError: outer",
      "    at run (src/a.ts:1:1)",
      "Caused by: IoError: inner",
    ]);
    expect(failure?.type).toBe("RuntimeError");
    expect(lines.map((line) => line.text)).toEqual(["Caused by: IoError: inner"]);
  });
});
