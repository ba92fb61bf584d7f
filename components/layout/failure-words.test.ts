import { describe, expect, it } from "vitest";
import { ApiError } from "@/lib/queries/api-error";
import { failureDetails, failureWords } from "./failure-words";

const refused = (status: number, error: string, more: object = {}) =>
  new ApiError(status, { error, code: "x", request_id: "req_1", ...more } as ApiError["problem"]);

describe("an action that failed, in words", () => {
  it.each([
    [refused(409, "The `draft` changed"), "The draft changed.", /look at it and try again/],
    [refused(403, "Approving needs the approver role."), "Approving needs the approver role.", /admin/],
    [refused(503, "The database does not answer"), "The database does not answer.", /try again/],
    [refused(429, "Too many at once", { retryable: true }), "Too many at once.", /try again/],
    [refused(0, "The server does not answer"), "The server does not answer.", /connection/],
  ])("%s", (error, why, next) => {
    expect(failureWords(error)).toEqual({ why, next: expect.stringMatching(next), requestId: "req_1" });
  });

  it("what cannot be mended by trying again says nothing of it", () => {
    expect(failureWords(refused(422, "`name` is empty"))).toEqual({
      why: "name is empty.",
      requestId: "req_1",
    });
  });

  it("a fault of the page leaks nothing of it", () => {
    expect(failureWords(new TypeError("x is undefined")).why).toBe("Something went wrong in this page.");
  });

  it("details hold what, why, the request, when and where", () => {
    const at = { nowMs: Date.UTC(2026, 5, 1), href: "https://monitor.test/drafts" };
    expect(failureDetails("Not saved.", refused(422, "Too long"), at).split("\n")).toEqual([
      ...[
        "Not saved.",
        "Too long.",
        "request req_1",
        "2026-06-01T00:00:00.000Z",
        "https://monitor.test/drafts",
      ],
    ]);
  });
});
