import { describe, expect, it } from "vitest";
import {
  afterSending,
  attemptsMax,
  decideMessage,
  itemsMax,
  judgeLink,
  messageOf,
  type OpenNotice,
  type Recipient,
} from "./notification";
import { messageSubject, messageText } from "./notification-message";

const nowMs = 1_000_000_000;
const clock = { newest: 9, intervalMinutes: 10, nowMs };
const recipient = (fields: Partial<Recipient> = {}): Recipient => ({
  ...{ key: "user:ann", userId: "ann", projects: null, kinds: ["approvals", "failures"], riskRankMin: 0 },
  ...{ toldUntil: 0, lastMessageAtMs: null },
  ...fields,
});
const notice = (sequence: number, fields: Partial<OpenNotice> = {}): OpenNotice => ({
  ...{ sequence, kind: "approvals", subjectId: `d${sequence}`, draftId: `d${sequence}` },
  ...{ projectId: "shop", riskLevel: "low", riskRank: 2, createdAtMs: nowMs - sequence },
  ...fields,
});

describe("is somebody told now", () => {
  it.each([
    ["nothing came", recipient({ toldUntil: 9 }), [notice(9)], "nothing_new", 9],
    ["all of it is settled", recipient(), [], "nothing_wanted", 9],
    ["of another project", recipient({ projects: ["web"] }), [notice(3)], "nothing_wanted", 9],
    [
      "of no project, to a member of one",
      recipient({ projects: ["web"] }),
      [notice(3, { projectId: null })],
      "nothing_wanted",
      9,
    ],
    ["another kind", recipient({ kinds: ["failures"] }), [notice(3)], "nothing_wanted", 9],
    ["below the risk", recipient({ riskRankMin: 4 }), [notice(3)], "nothing_wanted", 9],
    ["others are named", recipient(), [notice(3, { askedOf: new Set(["ben"]) })], "nothing_wanted", 9],
    ["told a moment ago", recipient({ lastMessageAtMs: nowMs - 599_999 }), [notice(3)], "too_soon", 0],
  ] as const)("no: %s", (_, who, open, because, toldUntil) => {
    expect(decideMessage(who, open, clock)).toEqual({ send: false, because, toldUntil });
  });

  it("yes, once per draft and worst first; what came meanwhile is in it", () => {
    const open = [notice(1), notice(2, { riskRank: 5 }), notice(3, { subjectId: "d1", draftId: "d1" })];
    const decided = decideMessage(recipient({ lastMessageAtMs: nowMs - 600_000 }), open, clock);
    expect(decided).toMatchObject({ send: true, toldUntil: 9 });
    expect(decided.send && decided.notices.map((each) => each.sequence)).toEqual([2, 3]);
  });

  it("of an approval for which people are named to those, and to whom nobody is in person", () => {
    const open = [notice(3, { askedOf: new Set(["ann"]) })];
    expect(decideMessage(recipient(), open, clock).send).toBe(true);
    expect(decideMessage(recipient({ userId: null }), open, clock).send).toBe(true);
  });

  it("a break-glass is told of whatever the risk", () => {
    const open = [notice(3, { kind: "break_glass", riskRank: 0 })];
    const who = recipient({ kinds: ["break_glass"], riskRankMin: 5 });
    expect(decideMessage(who, open, clock).send).toBe(true);
  });
});

it("a storm of 1,000 drafts is one message with ten links and a number", () => {
  const open = Array.from({ length: 1_000 }, (_, index) =>
    notice(index + 1, { riskRank: index === 7 ? 5 : 2 }),
  );
  const decided = decideMessage(recipient(), open, { ...clock, newest: 1_000 });
  const content = messageOf(decided.send ? decided.notices : []);
  expect([content.counts.approvals, content.highRisk, content.items.length]).toEqual([1_000, 1, itemsMax]);
  expect(content.items[0]?.id).toBe("d8");
  const places = {
    hrefOf: () => "https://m.test/notice/x",
    inbox: "https://m.test/",
    preferences: "https://m.test/p",
  };
  expect(messageText(content, places)).toContain("And 990 more: https://m.test/");
  expect(messageSubject(content)).toBe("Incident Monitor: 1000 approvals due (1 of high risk)");
});

it("a reporter's words do not travel as a project or an id", () => {
  const content = messageOf([notice(1, { projectId: "shop\r\nEvil: yes", subjectId: "a b <script>" })]);
  const places = { hrefOf: () => "x", inbox: "y", preferences: "z" };
  const text = messageText(content, places);
  expect(text).toContain("unnamed (project unnamed, low risk)");
  expect(text).not.toMatch(/Evil|script/);
});

describe("after an attempt", () => {
  const why = { code: "mail_not_taken", message: "x" };
  it.each([
    ["sent", { outcome: "sent" }, 1, { state: "sent" }],
    ["refused for good", { outcome: "rejected", reason: why }, 1, { state: "failed" }],
    ["not taken", { outcome: "retryable", reason: why }, 1, { state: "due", delayMs: 30_000 }],
    [
      "asked to wait",
      { outcome: "retryable", reason: why, retryAfterMs: 90_000 },
      1,
      { state: "due", delayMs: 90_000 },
    ],
    ["the last time", { outcome: "retryable", reason: why }, attemptsMax, { state: "failed" }],
  ] as const)("%s", (_, outcome, attempts, next) => {
    expect(afterSending(outcome, attempts)).toEqual(next);
  });
});

describe("a link", () => {
  const link = { userId: "ann", usedAtMs: null, expiresAtMs: nowMs + 1 };
  it.each([
    ["opens for whoever got it", link, "ann", { ok: true }],
    ["of a webhook opens for anybody who may decide", { ...link, userId: null }, "bob", { ok: true }],
    ["nobody made", null, "ann", { ok: false, code: "link_unknown" }],
    ["somebody else got", link, "bob", { ok: false, code: "link_of_another" }],
    ["opened before", { ...link, usedAtMs: 1 }, "ann", { ok: false, code: "link_used" }],
    ["too old", { ...link, expiresAtMs: nowMs }, "ann", { ok: false, code: "link_expired" }],
  ] as const)("%s", (_, given, userId, verdict) => {
    expect(judgeLink(given, userId, nowMs)).toEqual(verdict);
  });
});
