import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { totpCodeAt } from "@/lib/credentials/totp";
import { renewRecoveryCodes } from "@/lib/pipeline/account/renew-recovery-codes";
import { accountGround } from "@/lib/testing/account-ground";
import { authDatabase, testPassword } from "@/lib/testing/auth-database";
import { signIn } from "./sign-in";

const auth = authDatabase();
const { signedIn, withTotp } = accountGround(auth);
let count = 0;

beforeEach(() => void vi.useFakeTimers({ toFake: ["Date"] }));
afterEach(() => void vi.useRealTimers());

async function somebody() {
  const person = await signedIn();
  const secret = await withTotp(person.userId);
  const address = `192.0.2.${++count}`;
  const attempt = (code: string | null, password = testPassword, from = address) =>
    signIn(auth.process(), { email: person.email, password, code, address: from, userAgent: null });
  return { ...person, secret, attempt, code: () => totpCodeAt(secret, Date.now()) };
}
const wrong = { ok: false, reason: "wrong" };
const codeRequired = { ok: false, reason: "code_required" };
const codeWrong = { ok: false, reason: "code_wrong" };
const throttled = { ok: false, reason: "throttled" };

describe("signing in with a second factor", () => {
  it("asks for a code after the right password alone, and lets in who has it", async () => {
    const person = await somebody();
    expect(await person.attempt(null, "not this one")).toEqual(wrong);
    expect(await person.attempt(person.code(), "not this one")).toEqual(wrong);
    expect(await person.attempt(null)).toEqual(codeRequired);
    const outcome = await person.attempt(person.code());
    expect(outcome).toMatchObject({ ok: true, userId: person.userId });
    const { sessionId } = outcome as { sessionId: string };
    expect(await auth.auditEntries({ subjectId: sessionId })).toMatchObject([
      { action: "incident_monitor.session.signed_in", detail: { by: "password", second_factor: "code" } },
    ]);
  });

  it("takes no code twice, the same moment included", async () => {
    const person = await somebody();
    const code = person.code();
    const outcomes = await Promise.all([person.attempt(code), person.attempt(code)]);
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await person.attempt(code)).toEqual(codeWrong);
    const detail = { path: ["reason"], equals: "code" };
    expect(await auth.auditEntries({ subjectId: person.userId, detail })).toHaveLength(2);
  });

  it("takes a recovery code instead, once", async () => {
    const person = await somebody();
    const { recoveryCodes } = await renewRecoveryCodes(await person.stepped());
    const outcome = await person.attempt(recoveryCodes[3] ?? "");
    expect(outcome).toMatchObject({ ok: true });
    const { sessionId } = outcome as { sessionId: string };
    expect(await auth.auditEntries({ subjectId: sessionId })).toMatchObject([
      { detail: { second_factor: "recovery_code" } },
    ]);
    expect(await person.attempt(recoveryCodes[3] ?? "")).toEqual(codeWrong);
  });

  it("ends guessing at codes after ten, though the password is right every time and asked for in between", async () => {
    const person = await somebody();
    for (let i = 0; i < 10; i++) {
      expect(await person.attempt("zzzzz-zzzzz")).toEqual(codeWrong);
      if (i === 4) expect(await person.attempt(null)).toEqual(codeRequired);
    }
    expect(await person.attempt(person.code())).toEqual(throttled);
    // From elsewhere too: it is the person's codes that are guessed at.
    expect(await person.attempt(person.code(), testPassword, "198.51.100.7")).toEqual(throttled);
    // Closed is closed, whatever the password.
    expect(await person.attempt(null, "not this one")).toEqual(throttled);
    vi.setSystemTime(Date.now() + 15 * 60_000);
    expect(await person.attempt(person.code())).toMatchObject({ ok: true });
  }, 60_000);

  it("a secret that this host cannot open lets nobody in by code", async () => {
    const person = await somebody();
    await auth.db().prisma.user.update({ where: { id: person.userId }, data: { totpSecret: person.secret } });
    expect(await person.attempt(person.code())).toEqual(codeWrong);
  });
});
