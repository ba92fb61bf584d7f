import { createTransport } from "nodemailer";
import type SMTPTransport from "nodemailer/lib/smtp-transport";
import type { Mailer, SendOutcome } from "@/lib/domain/notification";
import { type Reason, reason } from "@/lib/domain/reason";
import { openPlainSocket, type Resolve } from "@/lib/net/pinned-connector";

export type MailerOptions = {
  host: string;
  port: number;
  /** TLS from the first byte. */
  secure: boolean;
  /** Nothing is said before the connection turned to TLS. */
  requireTls: boolean;
  user: string | null;
  passwordRef: string | null;
  from: string;
  resolveSecret: (reference: string) => { ok: true; values: string[] } | { ok: false; reason: Reason };
  /** For everything: connecting, TLS, the whole conversation. */
  timeoutMs?: number;
  resolve?: Resolve;
};

/** The host names its mail server (D-34), so it may be a private one; link-local and other special addresses stay shut. */
const policy = { allowPrivateNetworks: true, privateNetworks: [] };

/** One connection a message, opened by lib/net; at most one try a call. */
export function createMailer(options: MailerOptions): Mailer {
  return {
    host: options.host,
    send: async (mail) => {
      const password = passwordOf(options);
      if (!password.ok) return { outcome: "retryable", reason: password.reason };
      const timeoutMs = options.timeoutMs ?? 20_000;
      const settings: SMTPTransport.Options = {
        ...{ host: options.host, port: options.port, secure: options.secure, requireTLS: options.requireTls },
        auth: options.user ? { user: options.user, pass: password.value } : undefined,
        tls: { rejectUnauthorized: true, minVersion: "TLSv1.2" },
        ...{ connectionTimeout: timeoutMs, greetingTimeout: timeoutMs, socketTimeout: timeoutMs },
        // Nothing of a message may come from a file or an address.
        ...{ disableFileAccess: true, disableUrlAccess: true },
        getSocket: (_options, callback) => {
          openPlainSocket({ ...options, policy, timeoutMs }).then(
            (connection) => callback(null, { connection }),
            (error: Error) => callback(error, null),
          );
        },
      };
      const transport = createTransport(settings);
      const domain = options.from.slice(options.from.lastIndexOf("@") + 1);
      const sent = transport.sendMail({
        ...{ from: { name: "Incident Monitor", address: options.from }, to: mail.to },
        ...{ subject: mail.subject, text: mail.text, messageId: `<${mail.messageId}@${domain}>` },
        // Machines leave such mail unanswered.
        headers: { "Auto-Submitted": "auto-generated", Precedence: "bulk" },
      });
      return outcomeOf(sent, timeoutMs);
    },
  };
}

function passwordOf({
  user,
  passwordRef,
  resolveSecret,
}: MailerOptions): { ok: true; value: string } | { ok: false; reason: Reason } {
  if (!user || !passwordRef) return { ok: true, value: "" };
  const resolved = resolveSecret(passwordRef);
  return resolved.ok ? { ok: true, value: resolved.values[0] ?? "" } : resolved;
}

/** The library's own timers start again with every line: a server that drips one now and then would keep us for ever. */
async function outcomeOf(sent: Promise<unknown>, timeoutMs: number): Promise<SendOutcome> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(Object.assign(new Error("timeout"), { code: "ETIMEDOUT" })),
      timeoutMs * 2,
    );
  });
  try {
    await Promise.race([sent, tooLong]);
    return { outcome: "sent" };
  } catch (error) {
    return failureOf(error as SmtpError);
  } finally {
    clearTimeout(timer);
    sent.catch(() => undefined);
  }
}

type SmtpError = { code?: unknown; command?: unknown; responseCode?: unknown };

/** Codes alone: what a mail server says may hold addresses and names of machines. */
function failureOf({ code, command, responseCode }: SmtpError): SendOutcome {
  const status = typeof responseCode === "number" ? responseCode : null;
  const step = typeof command === "string" ? (/^[A-Z ]{2,12}/.exec(command)?.[0] ?? "").trim() : "";
  const fields = { status, step: step || null, cause: typeof code === "string" ? code : null };
  const refusesMessage = status !== null && status >= 500 && /^(?:MAIL|RCPT|DATA)/.test(step);
  if (refusesMessage) {
    const words = `The mail server refused this message (${status}).`;
    return { outcome: "rejected", reason: reason("mail_refused", words, fields) };
  }
  const why = status === null ? String(fields.cause ?? "no answer") : String(status);
  const words = `The mail server could not take the message now (${why}${step ? `, at ${step}` : ""}).`;
  return { outcome: "retryable", reason: reason("mail_not_taken", words, fields) };
}
