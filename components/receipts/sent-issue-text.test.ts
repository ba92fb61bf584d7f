import { expect, it } from "vitest";
import { issueOf } from "./sent-issue-text";

const issue = {
  title: "Charge refused",
  body: "## What happened\n\nx",
  comment: { body: "Again." },
  labels: ["incident-monitor", 7],
  assignees: ["ada"],
};
const github = { destination_kind: "github_issue", operation: "create_issue" } as const;

it.each([
  ["an issue", github, issue, { written: "issue", title: "Charge refused", labels: ["incident-monitor"] }],
  [
    "a Linear issue without assignees",
    { ...github, destination_kind: "linear_issue" as const },
    { ...issue, assignees: undefined },
    { written: "issue", assignees: [] },
  ],
  [
    "a comment on one that was there",
    { ...github, operation: "comment_issue" },
    issue,
    { written: "comment", text: "Again." },
  ],
])("reads %s", (_what, post, payload, expected) => {
  expect(issueOf(post, JSON.stringify(payload))).toMatchObject(expected);
});

it.each([
  ["a webhook", { ...github, destination_kind: "webhook" as const }, JSON.stringify(issue)],
  ["a test", github, JSON.stringify({ test: true, message: "x" })],
  [
    "a comment that is not there",
    { ...github, operation: "comment_issue" },
    JSON.stringify({ ...issue, comment: [] }),
  ],
  ["what is no JSON", github, "not json"],
  ["a list", github, "[]"],
])("leaves %s as it is", (_what, post, payload) => {
  expect(issueOf(post, payload)).toBeNull();
});
