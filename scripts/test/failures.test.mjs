import { describe, expect, it } from "vitest";
import { describeFailures, failuresOfPlaywright, failuresOfVitest } from "./failures.mjs";

const file = (change) => ({ name: "/src/lib/a.test.ts", status: "failed", assertionResults: [], ...change });

describe("failuresOfVitest", () => {
  it.each([
    ["no report", null, []],
    [
      "all passed",
      { testResults: [file({ status: "passed", assertionResults: [{ status: "passed" }] })] },
      [],
    ],
    [
      "a failed test, without colours",
      {
        testResults: [
          file({
            assertionResults: [
              { status: "passed", fullName: "adds" },
              { status: "failed", fullName: "subtracts", failureMessages: ["\u001B[31mexpected 1\u001B[0m"] },
            ],
          }),
        ],
      },
      [{ name: "lib/a.test.ts > subtracts", message: "expected 1" }],
    ],
    [
      "a file that does not load",
      { testResults: [file({ message: "Cannot find package" })] },
      [{ name: "lib/a.test.ts", message: "Cannot find package" }],
    ],
  ])("%s", (_, report, expected) => {
    expect(failuresOfVitest(report, "/src")).toEqual(expected);
  });

  it("keeps the beginning of a long message", () => {
    const message = Array.from({ length: 100 }, (_, line) => `line ${line}`).join("\n");
    const [failure] = failuresOfVitest({ testResults: [file({ message })] }, "/src");
    expect(failure.message).toMatch(/^line 0\n[\s\S]*line 11\n\(88 more lines above\)$/);
  });
});

describe("failuresOfPlaywright", () => {
  it.each([
    ["no report", null, []],
    [
      "all passed",
      { errors: [], suites: [{ title: "a.spec.ts", specs: [{ title: "opens", ok: true }] }] },
      [],
    ],
    [
      "the server did not start",
      { errors: [{ message: "no port" }], suites: [] },
      [{ name: "", message: "no port" }],
    ],
    [
      "a failed journey in a group",
      {
        suites: [
          {
            title: "a.spec.ts",
            specs: [],
            suites: [
              {
                title: "a viewer",
                specs: [
                  { title: "reads", ok: false, tests: [{ results: [{ error: { message: "hidden" } }] }] },
                ],
              },
            ],
          },
        ],
      },
      [{ name: "a.spec.ts > a viewer > reads", message: "hidden" }],
    ],
  ])("%s", (_, report, expected) => {
    expect(failuresOfPlaywright(report)).toEqual(expected);
  });
});

describe("describeFailures", () => {
  it("names the part and the test, the message indented", () => {
    expect(describeFailures("Unit tests", [{ name: "a > b", message: "one\ntwo" }])).toEqual([
      "FAILED  Unit tests: a > b",
      "        one",
      "        two",
    ]);
  });
});
