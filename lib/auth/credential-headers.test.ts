import { describe, expect, it } from "vitest";
import { rawIntakeKeyOf, rawTokenOf, sessionCookieOf } from "./credential-headers";

describe("rawTokenOf", () => {
  it.each<[string, Record<string, string>, string | null]>([
    ["the agent header", { "x-agent-token": " one " }, "one"],
    ["the tandem header", { "x-tandem-token": "two" }, "two"],
    ["a Bearer", { authorization: "Bearer three" }, "three"],
    ["a bearer", { authorization: "bearer   three " }, "three"],
    [
      "agent before tandem before bearer",
      { "x-agent-token": "one", "x-tandem-token": "two", authorization: "Bearer three" },
      "one",
    ],
    ["tandem before bearer", { "x-tandem-token": "two", authorization: "Bearer three" }, "two"],
    ["the next one after a blank", { "x-agent-token": "  ", authorization: "Bearer three" }, "three"],
    ["no other capitals", { authorization: "BEARER three" }, null],
    ["no other scheme", { authorization: "Basic dGhyZWU6" }, null],
    ["no scheme at all", { authorization: "three" }, null],
    ["nothing from a blank bearer", { authorization: "Bearer  " }, null],
    ["nothing from an intake key", { "x-tandem-incident-monitor-intake-key": "key" }, null],
    ["nothing from nothing", {}, null],
  ])("takes %s", (_, headers, expected) => {
    expect(rawTokenOf(new Headers(headers))).toBe(expected);
  });
});

describe("rawIntakeKeyOf", () => {
  const own = "x-tandem-incident-monitor-intake-key";

  it.each<[string, Record<string, string>, string | null]>([
    ["its own header", { [own]: " key " }, "key"],
    ["its own header before the bearer", { [own]: "key", authorization: "Bearer token" }, "key"],
    ["the bearer where its own is blank", { [own]: " ", authorization: "Bearer key" }, "key"],
    ["no token header", { "x-tandem-token": "token" }, null],
  ])("takes %s", (_, headers, expected) => {
    expect(rawIntakeKeyOf(new Headers(headers))).toBe(expected);
  });
});

describe("sessionCookieOf", () => {
  const name = "next-auth.session-token";

  it.each<[string, string, string | null]>([
    ["the cookie among others", `a=b; ${name}=jwt; c=d`, "jwt"],
    ["chunks in their order", `${name}.1=two; ${name}.10=eleven; ${name}.0=one`, "onetwoeleven"],
    ["none of a similar name", `${name}-old=x; __Secure-${name}=y`, null],
    ["no chunk that is not numbered", `${name}.x=1`, null],
    ["nothing empty", `${name}=`, null],
    ["nothing without a value", name, null],
  ])("takes %s", (_, cookie, expected) => {
    expect(sessionCookieOf(new Headers({ cookie }), name)).toBe(expected);
  });

  it("takes the secure cookie under its own name alone", () => {
    const headers = new Headers({ cookie: `${name}=plain; __Secure-${name}=secure` });
    expect(sessionCookieOf(headers, `__Secure-${name}`)).toBe("secure");
  });
});
