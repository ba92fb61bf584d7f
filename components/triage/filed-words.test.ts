import { describe, expect, it } from "vitest";
import { meansWords } from "./filed-words";

type Asked = Parameters<typeof meansWords>[0];
const issue = (fields: Partial<Asked["issues"][number]> = {}): Asked["issues"][number] => ({
  ...{ match: "same_marker", reference: "#12", title: "t", url: null, state: "open" },
  ...fields,
});
const asked = (fields: Partial<Asked> = {}): Asked => ({
  ...{ destination_id: "github", kind: "github_issue", target_ref: "a/b", asked: "markers" },
  ...{ not_asked: null, comments_on_open: true, issues: [] },
  ...fields,
});

describe("what publishing would come to", () => {
  it.each<[string, Partial<Asked>, string | null]>([
    ["no answer", { not_asked: { code: "x", message: "y" } }, null],
    ["nothing", {}, "No issue carries this failure's marker."],
    ["open", { issues: [issue()] }, "Publishing comments on #12 and files no second issue."],
    [
      "open, comments off",
      { issues: [issue()], comments_on_open: false },
      "Publishing links #12 and files no second issue.",
    ],
    [
      "closed beside open",
      { issues: [issue({ state: "closed", reference: "#3" }), issue()] },
      "Publishing comments on #12 and files no second issue.",
    ],
    [
      "closed",
      { issues: [issue({ state: "closed" })] },
      "The failure came back: it would be filed as a regression of #12.",
    ],
    [
      "a title alone",
      { issues: [issue({ match: "same_title" })] },
      "None carries this failure's marker, so publishing files a new issue.",
    ],
  ])("%s", (_, fields, words) => {
    expect(meansWords(asked(fields))).toBe(words);
  });
});
