import { afterEach, describe, expect, it } from "vitest";
import { openSmtpServer, type SmtpManner, type SmtpServer } from "@/lib/testing/smtp-server";
import { createMailer } from "./smtp-mailer";

let smtp: SmtpServer;
afterEach(() => smtp.close());

const mail = {
  messageId: "notification-1",
  to: "ann@example.test",
  subject: "Incident Monitor: 1 approval due",
  text: "1 approval due.\nhttps://monitor.example.com/notice/abc",
};

async function mailerFor(manner: SmtpManner, more: Partial<Parameters<typeof createMailer>[0]> = {}) {
  smtp = await openSmtpServer(manner);
  return createMailer({
    ...{ host: "127.0.0.1", port: smtp.port, secure: false, requireTls: false },
    ...{ user: null, passwordRef: null, from: "monitor@example.test", timeoutMs: 400 },
    resolveSecret: () => ({ ok: false, reason: { code: "secret_unset", message: "unset" } }),
    ...more,
  });
}

describe("a message over SMTP", () => {
  it("arrives as plain text, once, under its own id", async () => {
    const mailer = await mailerFor("accept");
    expect(await mailer.send(mail)).toEqual({ outcome: "sent" });
    const [received] = smtp.received;
    expect([received?.from, received?.to]).toEqual(["monitor@example.test", "ann@example.test"]);
    expect(received?.raw).toContain("Message-ID: <notification-1@example.test>");
    expect(received?.raw).toMatch(/^Content-Type: text\/plain/m);
    expect(received?.text).toContain("https://monitor.example.com/notice/abc");
  });

  it.each([
    ["refuse", "retryable", "mail_not_taken", 0],
    ["hang", "retryable", "mail_not_taken", 0],
    ["greylist", "retryable", "mail_not_taken", 0],
    ["reject", "rejected", "mail_refused", 0],
    // It may have arrived: the same id is sent again, and a mail program shows it once.
    ["drop-after-data", "retryable", "mail_not_taken", 1],
  ] as const)("a server that would %s: %s", async (manner, outcome, code, taken) => {
    const mailer = await mailerFor(manner);
    expect(await mailer.send(mail)).toMatchObject({ outcome, reason: { code } });
    expect(smtp.received).toHaveLength(taken);
  });

  it("nobody listening is no fault of the message", async () => {
    const mailer = await mailerFor("accept");
    await smtp.close();
    expect(await mailer.send(mail)).toMatchObject({ outcome: "retryable" });
  });

  it("what a server says is not repeated: codes alone", async () => {
    const mailer = await mailerFor("reject");
    expect(JSON.stringify(await mailer.send(mail))).not.toContain("nobody here");
  });

  it("nothing is said in the clear where TLS is asked for", async () => {
    const mailer = await mailerFor("accept", { requireTls: true });
    expect(await mailer.send(mail)).toMatchObject({ outcome: "retryable" });
    expect(smtp.received).toEqual([]);
  });

  it("a password that is not set stops it before anybody is called", async () => {
    const mailer = await mailerFor("accept", { user: "ann", passwordRef: "file:smtp" });
    expect(await mailer.send(mail)).toMatchObject({ outcome: "retryable", reason: { code: "secret_unset" } });
    expect(smtp.connections).toBe(0);
  });

  it("a line break in an address makes no second recipient and no header", async () => {
    const mailer = await mailerFor("accept");
    await mailer.send({ ...mail, to: "ann@example.test\r\nBcc: eve@example.test" });
    expect(smtp.received.map(({ raw }) => /^Bcc:/im.test(raw))).not.toContain(true);
  });

  it("a name that leads to a link-local address is not connected to", async () => {
    const resolve = async () => [{ address: "169.254.169.254", family: 4 }];
    const mailer = await mailerFor("accept", { host: "mail.example.test", resolve });
    expect(await mailer.send(mail)).toMatchObject({ outcome: "retryable" });
    expect(smtp.connections).toBe(0);
  });
});
