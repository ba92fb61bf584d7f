import { describe, expect, it } from "vitest";
import { judgePassword, passwordLengthMax } from "./password-rules";

const ada = { email: "ada.lovelace@engines.example", name: "Ada Lovelace" };
const codes = (password: string, owner = ada) => {
  const verdict = judgePassword(password, owner);
  return verdict.ok ? [] : verdict.faults.map(({ code }) => code.replace("password_", ""));
};

describe("judgePassword", () => {
  it.each([
    "correct horse battery",
    "wooden-harbor-pelican",
    "vq8#Lm2z!pR4",
    "Mein Fahrrad rostet im Regen",
    "пароль из слов и ветра",
    "密码学的历史悠久而有趣非常",
    "j7XkQmZ4tYbN",
    "engines of wonder and steam",
  ])("takes %s", (password) => expect(codes(password)).toEqual([]));

  it.each<[string, string[]]>([
    ["", ["too_short"]],
    ["vq8#Lm2z!pR", ["too_short"]],
    ["👍👎👍👎🎉🎈", ["too_short", "repetitive"]],
    ["x9".repeat(passwordLengthMax), ["too_long"]],
    ["ada.lovelace@engines.example", ["personal"]],
    ["AdaLovelace1815", ["personal"]],
    ["lovelace-ada-1", ["personal"]],
    ["engines.example!", ["personal"]],
    ["password", ["too_short", "common"]],
    ["Password2024!!", ["common"]],
    ["P@ssw0rd2024!!", ["common"]],
    ["***letmein***2", ["common"]],
    ["qwertyuiop123", ["common"]],
    ["Summer2025!!!!", ["common"]],
    ["passwordpassword", ["common"]],
    ["correct-horse-battery-staple", ["common"]],
    ["incident-monitor-1", ["common"]],
    ["123456789012", ["repetitive"]],
    ["zyxwvutsrqpo", ["repetitive"]],
    ["aaaaaaaaaaaa", ["repetitive"]],
    ["abababababab", ["repetitive"]],
    ["a1b2a1b2a1b2", ["repetitive"]],
  ])("refuses %s", (password, expected) => expect(codes(password)).toEqual(expected));

  it("counts what a person sees: the same word from another keyboard is the same word", () => {
    expect(codes("ＰＡＳＳＷＯＲＤ２０２４")).toEqual(["common"]);
    expect(codes("Zoë rijdt naar Köln")).toEqual(codes("Zoë rijdt naar Köln".normalize("NFD")));
  });

  it("short words of a name are no reason", () => {
    expect(codes("jo paints her boat blue", { email: "jo@a.io", name: "Jo Li" })).toEqual([]);
  });

  it("says what would be right, the first fault first", () => {
    const verdict = judgePassword("password", ada);
    expect(verdict.ok || verdict.reason.message).toMatch(/^A password has at least 12 characters\./);
    expect(verdict.ok || verdict.faults.map(({ message }) => message)).toHaveLength(2);
  });
});
